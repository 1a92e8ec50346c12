package dev.hone.benchmarks.small;

/**
 * Moments of the means of configurations: of instruction by demo set, on validation examples and on
 * others. The errors of both are independent, so their covariances hold no noise.
 */
final class ConfigurationMoments {
  private final double[][] validation;
  private final double[][] truth;
  private final int instructions;
  private final int demos;

  /** Tables by instruction and demo set; demo set 0 has no demos. */
  ConfigurationMoments(double[][] validation, double[][] truth) {
    this.validation = validation;
    this.truth = truth;
    instructions = validation.length;
    demos = validation[0].length - 1;
  }

  private interface Cell {
    double value(int instruction, int demoSet);
  }

  private double average(Cell cell, int fromInstruction, int toInstruction) {
    double sum = 0;
    for (int i = fromInstruction; i < toInstruction; i++) {
      for (int d = 1; d <= demos; d++) {
        sum += cell.value(i, d);
      }
    }
    return sum / ((toInstruction - fromInstruction) * demos);
  }

  private double both(int i, int d) {
    return (validation[i][d] + truth[i][d]) / 2;
  }

  /** The mean of configurations that show demos, without those of the given instruction. */
  double mean() {
    return average(this::both, 1, instructions);
  }

  /** The given instruction less the mean of the others, over demo sets. */
  double givenGap() {
    return average(this::both, 0, 1) - average(this::both, 1, instructions);
  }

  /** No demos less the mean of the demo sets, over instructions. */
  double noDemosGap() {
    double sum = 0;
    for (int i = 0; i < instructions; i++) {
      sum += both(i, 0);
    }
    return sum / instructions - average(this::both, 0, instructions);
  }

  private double row(double[][] table, int i) {
    double sum = 0;
    for (int d = 1; d <= demos; d++) {
      sum += table[i][d];
    }
    return sum / demos;
  }

  private double column(double[][] table, int d) {
    double sum = 0;
    for (double[] row : table) {
      sum += row[d];
    }
    return sum / instructions;
  }

  /** The covariance of what pairs do beyond both. */
  double pairs() {
    double meanValidation = average((i, d) -> validation[i][d], 0, instructions);
    double meanTruth = average((i, d) -> truth[i][d], 0, instructions);
    double products =
        average(
            (i, d) ->
                (validation[i][d] - row(validation, i) - column(validation, d) + meanValidation)
                    * (truth[i][d] - row(truth, i) - column(truth, d) + meanTruth),
            0,
            instructions);
    return products * instructions * demos / ((instructions - 1.0) * (demos - 1.0));
  }

  /** The covariance of what instructions do; without the given one, whose gap is apart. */
  double instructions() {
    double meanValidation = average((i, d) -> validation[i][d], 1, instructions);
    double meanTruth = average((i, d) -> truth[i][d], 1, instructions);
    double sum = 0;
    for (int i = 1; i < instructions; i++) {
      sum += (row(validation, i) - meanValidation) * (row(truth, i) - meanTruth);
    }
    return sum / (instructions - 2) - pairs() / demos;
  }

  /** The covariance of what demo sets do. */
  double demos() {
    double meanValidation = average((i, d) -> validation[i][d], 0, instructions);
    double meanTruth = average((i, d) -> truth[i][d], 0, instructions);
    double sum = 0;
    for (int d = 1; d <= demos; d++) {
      sum += (column(validation, d) - meanValidation) * (column(truth, d) - meanTruth);
    }
    return sum / (demos - 1) - pairs() / instructions;
  }
}
