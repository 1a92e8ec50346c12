package dev.hone.local;

import dev.hone.embed.Embedding;
import dev.hone.stats.Cholesky;
import java.util.List;

/**
 * The probability that a text has each value, learnt from points.
 *
 * <p>Structure: kernel ridge regression, one output per value, around a prior mean, mostly one that
 * knows the names of the values only. The kernel is a constant plus exp(cos - 1), so it is nearly
 * linear in the vectors, plus the product of the relations. Complexity: O(n^3) to fit n points,
 * O(n) to predict.
 *
 * <p>Source: Rasmussen and Williams, Gaussian Processes for Machine Learning, section 2.2. Differs
 * from it: every point has a noise of its own; outputs are not squashed into probabilities.
 */
final class ValueModel {
  private final ValuePrior prior;
  private final List<LabeledVector> points;
  private final double[][] weights;

  private ValueModel(ValuePrior prior, List<LabeledVector> points, double[][] weights) {
    this.prior = prior;
    this.points = points;
    this.weights = weights;
  }

  /** Fits a model; without points it is the prior. */
  static ValueModel fit(ValuePrior prior, List<LabeledVector> points) {
    int n = points.size();
    Cholesky factor = Cholesky.ofLowerTriangle(gram(points));
    double[][] weights = new double[prior.size()][n];
    for (int i = 0; i < n; i++) {
      double[] expected = prior.of(points.get(i).features().vector());
      for (int v = 0; v < expected.length; v++) {
        weights[v][i] = points.get(i).has(v) - expected[v];
      }
    }
    for (double[] residuals : weights) {
      factor.solve(residuals);
    }
    return new ValueModel(prior, List.copyOf(points), weights);
  }

  /** The lower triangle of the kernel matrix, with the points' noise. */
  private static double[][] gram(List<LabeledVector> points) {
    int n = points.size();
    double[][] gram = new double[n][];
    for (int i = 0; i < n; i++) {
      gram[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        gram[i][j] = points.get(i).features().kernel(points.get(j).features());
      }
      gram[i][i] += points.get(i).noise();
    }
    return gram;
  }

  /** Whether there were no points to learn from. */
  boolean isPrior() {
    return points.isEmpty();
  }

  /** As the other one, of a text that stands alone. */
  double[] predict(Embedding text) {
    return predict(TextFeatures.of(text));
  }

  /** The probability of each value, in their order; not quite between 0 and 1. */
  double[] predict(TextFeatures text) {
    double[] probabilities = prior.of(text.vector());
    double[] kernels = new double[points.size()];
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = points.get(i).features().kernel(text);
    }
    for (int v = 0; v < probabilities.length; v++) {
      for (int i = 0; i < kernels.length; i++) {
        probabilities[v] += kernels[i] * weights[v][i];
      }
    }
    return probabilities;
  }
}
