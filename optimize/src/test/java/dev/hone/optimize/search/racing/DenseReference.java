package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.Effects;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import dev.hone.optimize.search.racing.model.Variances;
import java.util.ArrayList;
import java.util.List;

/**
 * The same model without any shortcut: the covariance matrix of all outcomes, one row each, and
 * predictions by its inverse. For small cases.
 */
final class DenseReference {
  private record Outcome(int arm, int example, double score) {}

  private final Effects effects;
  private final Variances variances;
  private final List<Arm> arms;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final double center;

  DenseReference(Effects effects, ExampleOrder order, Variances variances, List<Arm> arms) {
    this.effects = effects;
    this.variances = variances;
    this.arms = arms;
    this.center = arms.stream().mapToDouble(Arm::mean).average().orElseThrow();
    for (int arm = 0; arm < arms.size(); arm++) {
      for (int example : order.all()) {
        double[] row = arms.get(arm).block(order.blockOf(example));
        double score = row == null ? Double.NaN : row[order.placeOf(example)];
        if (!Double.isNaN(score)) {
          outcomes.add(new Outcome(arm, example, score));
        }
      }
    }
  }

  /** The prediction for a configuration of the arms. */
  double mean(int arm) {
    double[] weights = weights(arm);
    double mean = center;
    for (int i = 0; i < weights.length; i++) {
      mean += weights[i] * (outcomes.get(i).score() - center);
    }
    return mean;
  }

  /** The posterior variance of the difference of two configurations. */
  double differenceVariance(int one, int other) {
    double[] first = weights(one);
    double[] second = weights(other);
    double variance = value(one, one) - 2 * value(one, other) + value(other, other);
    for (int i = 0; i < first.length; i++) {
      int arm = outcomes.get(i).arm();
      variance -= (first[i] - second[i]) * (value(one, arm) - value(other, arm));
    }
    return variance;
  }

  private double[] weights(int arm) {
    int n = outcomes.size();
    double[][] matrix = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = covariance(outcomes.get(i), outcomes.get(j), i == j);
      }
      matrix[i][n] = value(arm, outcomes.get(i).arm());
    }
    return eliminate(matrix);
  }

  private double covariance(Outcome one, Outcome other, boolean same) {
    return value(one.arm(), other.arm())
        + (one.example() == other.example() ? variances.difficulty() : 0)
        + (same ? variances.noise() : 0);
  }

  /** The prior covariance of two configurations' values. */
  private double value(int one, int other) {
    double covariance = variances.scale() + (one == other ? variances.interaction() : 0);
    for (int effect : effects.of(arms.get(one).configuration())) {
      for (int match : effects.of(arms.get(other).configuration())) {
        covariance += effect == match ? variances.effects()[effects.family(effect)] : 0;
      }
    }
    return covariance;
  }

  /** Gaussian elimination of an augmented positive definite system. */
  private static double[] eliminate(double[][] matrix) {
    int n = matrix.length;
    for (int pivot = 0; pivot < n; pivot++) {
      for (int row = 0; row < n; row++) {
        double factor = row == pivot ? 0 : matrix[row][pivot] / matrix[pivot][pivot];
        for (int column = pivot; factor != 0 && column <= n; column++) {
          matrix[row][column] -= factor * matrix[pivot][column];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = matrix[i][n] / matrix[i][i];
    }
    return solution;
  }
}
