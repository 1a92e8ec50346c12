package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.Landscape;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What makes outcomes of one predictor differ, on the scale of the scores: score = mean +
 * instruction + demo set + pair of both + example + instruction on the example + demo set on the
 * example + rest.
 *
 * @param mean the mean of configurations that show demos and have not the given instruction
 * @param instructions variance between instructions, without the gap of the given one
 * @param demos variance between demo sets
 * @param pairs variance between pairs of them, beyond both
 * @param examples variance between examples
 * @param instructionOnExample variance of what an instruction does on an example
 * @param demosOnExample variance of what a demo set does on an example
 * @param rest variance of all else; what a pair of both does on an example, and noise
 * @param givenGap how far the given instruction is above the mean of the others
 * @param noDemosGap how far no demos are above the mean of the demo sets
 */
record VarianceComponents(
    double mean,
    double instructions,
    double demos,
    double pairs,
    double examples,
    double instructionOnExample,
    double demosOnExample,
    double rest,
    double givenGap,
    double noDemosGap) {

  /** The variance of one outcome of a configuration, over examples. */
  double onExamples() {
    return examples + instructionOnExample + demosOnExample + rest;
  }

  /** The variance of true scores over the configurations that show demos. */
  double between() {
    return instructions + demos + pairs;
  }

  /**
   * Estimates by the method of moments, of a task with one predictor. Those between configurations
   * are the mean of two: the analysis of variance of validation outcomes, and the covariance of
   * validation means with true scores, whose errors are independent; that between instructions is
   * the second alone, over all but the given one. May be negative, as unbiased estimates are;
   * average them over tasks. Needs three instructions and three demo sets.
   */
  static VarianceComponents of(Landscape task) {
    int[] count = task.space().dimensions().stream().mapToInt(Dimension::choices).toArray();
    if (count.length != 2) {
      throw new IllegalArgumentException(
          "%d dimensions, expected 2. Maybe pass tasks of one predictor.".formatted(count.length));
    }
    double[][][] scores = new double[count[0]][count[1] - 1][task.exampleCount()];
    double[][] means = new double[count[0]][count[1]];
    double[][] truth = new double[count[0]][count[1]];
    for (int i = 0; i < count[0]; i++) {
      for (int d = 0; d < count[1]; d++) {
        Configuration configuration = Configuration.of(i, d);
        truth[i][d] = task.trueScore(configuration);
        for (int e = 0; e < task.exampleCount(); e++) {
          double score = task.outcome(configuration, e);
          means[i][d] += score / task.exampleCount();
          if (d > 0) {
            scores[i][d - 1][e] = score;
          }
        }
      }
    }
    return new CrossedVariances(scores).components(new ConfigurationMoments(means, truth));
  }

  /** The mean of several estimates. */
  static VarianceComponents mean(List<VarianceComponents> all) {
    return new VarianceComponents(
        mean(all, VarianceComponents::mean),
        mean(all, VarianceComponents::instructions),
        mean(all, VarianceComponents::demos),
        mean(all, VarianceComponents::pairs),
        mean(all, VarianceComponents::examples),
        mean(all, VarianceComponents::instructionOnExample),
        mean(all, VarianceComponents::demosOnExample),
        mean(all, VarianceComponents::rest),
        mean(all, VarianceComponents::givenGap),
        mean(all, VarianceComponents::noDemosGap));
  }

  private static double mean(
      List<VarianceComponents> all, ToDoubleFunction<VarianceComponents> component) {
    return all.stream().mapToDouble(component).average().orElseThrow();
  }

  /** A copy whose spread between configurations is a multiple: standard deviations and gaps. */
  VarianceComponents spread(double factor) {
    double square = factor * factor;
    return new VarianceComponents(
        mean,
        square * instructions,
        square * demos,
        square * pairs,
        examples,
        instructionOnExample,
        demosOnExample,
        rest,
        factor * givenGap,
        factor * noDemosGap);
  }
}
