package dev.hone.optimize.search.racing.model;

import dev.hone.optimize.search.Configuration;
import java.util.ArrayList;
import java.util.List;

/**
 * What more outcomes gain, without any shortcut: means and covariances of configurations from the
 * covariance matrix of all outcomes, one row each, and an integral by small steps. For small cases
 * in which no score of a block is missing.
 */
final class DenseGain {
  private static final double REACH = 10;
  private static final int STEPS = 200_000;

  private record Outcome(Configuration configuration, int example, double score) {}

  private final Effects effects;
  private final Variances variances;
  private final List<Configuration> contenders;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final double[] means;
  private final double[][] covariance;

  DenseGain(
      Effects effects,
      ExampleOrder order,
      Variances variances,
      List<Arm> arms,
      List<Configuration> contenders) {
    this.effects = effects;
    this.variances = variances;
    this.contenders = contenders;
    for (Arm arm : arms) {
      for (int example : order.all()) {
        double[] row = arm.block(order.blockOf(example));
        if (row != null) {
          double score = row[order.placeOf(example)];
          outcomes.add(new Outcome(arm.configuration(), example, score));
        }
      }
    }
    double center = arms.stream().mapToDouble(Arm::mean).average().orElseThrow();
    means = new double[contenders.size()];
    covariance = new double[means.length][means.length];
    condition(center);
  }

  private void condition(double center) {
    int n = outcomes.size();
    int m = means.length;
    double[][] matrix = new double[n][n + m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = outcomeCovariance(i, j);
      }
      for (int c = 0; c < m; c++) {
        matrix[i][n + c] = value(contenders.get(c), outcomes.get(i).configuration());
      }
    }
    eliminate(matrix);
    for (int c = 0; c < m; c++) {
      means[c] = center;
      for (int i = 0; i < n; i++) {
        means[c] += matrix[i][n + c] * (outcomes.get(i).score() - center);
      }
      for (int d = 0; d < m; d++) {
        covariance[c][d] = value(contenders.get(c), contenders.get(d));
        for (int i = 0; i < n; i++) {
          covariance[c][d] -=
              matrix[i][n + c] * value(contenders.get(d), outcomes.get(i).configuration());
        }
      }
    }
  }

  private double outcomeCovariance(int one, int other) {
    Outcome first = outcomes.get(one);
    Outcome second = outcomes.get(other);
    return value(first.configuration(), second.configuration())
        + (first.example() == second.example() ? variances.difficulty() : 0)
        + (one == other ? variances.noise() : 0);
  }

  private double value(Configuration one, Configuration other) {
    double sum = variances.scale() + (one.equals(other) ? variances.interaction() : 0);
    for (int effect : effects.of(one)) {
      for (int match : effects.of(other)) {
        sum += effect == match ? variances.effects()[effects.family(effect)] : 0;
      }
    }
    return sum;
  }

  private static void eliminate(double[][] matrix) {
    for (int pivot = 0; pivot < matrix.length; pivot++) {
      double[] from = matrix[pivot];
      double diagonal = from[pivot];
      for (int column = 0; column < from.length; column++) {
        from[column] /= diagonal;
      }
      for (int row = 0; row < matrix.length; row++) {
        double factor = row == pivot ? 0 : matrix[row][pivot];
        for (int column = pivot; factor != 0 && column < from.length; column++) {
          matrix[row][column] -= factor * from[column];
        }
      }
    }
  }

  double gain(int contender, int examples) {
    double widening = KnowledgeGradient.WIDENING * KnowledgeGradient.WIDENING;
    double[] row = new double[means.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = widening * covariance[contender][i];
    }
    return integral(means, row, row[contender] + variances.noise() / examples);
  }

  /**
   * E[max(mean + covariance / sd · Z)] - max(mean) by the trapezoidal rule.
   *
   * @param covariance of each with the one that is evaluated
   * @param variance of the mean of what will be seen
   */
  static double integral(double[] means, double[] covariance, double variance) {
    double sum = 0;
    double now = Double.NEGATIVE_INFINITY;
    for (double mean : means) {
      now = Math.max(now, mean);
    }
    double step = 2 * REACH / STEPS;
    for (int i = 0; i <= STEPS; i++) {
      double z = -REACH + i * step;
      double best = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < means.length; c++) {
        best = Math.max(best, means[c] + covariance[c] / Math.sqrt(variance) * z);
      }
      sum += (best - now) * Math.exp(-z * z / 2);
    }
    return sum * step / Math.sqrt(2 * Math.PI);
  }
}
