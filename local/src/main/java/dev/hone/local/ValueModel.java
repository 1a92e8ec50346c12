package dev.hone.local;

import java.util.ArrayList;
import java.util.List;

/**
 * The chance that a text has each value, learnt from points.
 *
 * <p>Structure: kernel ridge regression, one output per value, around a prior mean that knows the
 * names of the values only: the softmax of the similarity of text and name. The kernel is a
 * constant plus exp(cos - 1), so it is nearly linear in the vectors. Complexity: O(n^3) to fit,
 * O(n) to predict.
 *
 * <p>Source: Rasmussen and Williams, Gaussian Processes for Machine Learning, section 2.2.
 */
final class ValueModel {
  private static final double NAME_TEMPERATURE = 0.1;
  private static final double KERNEL_CONSTANT = 0.3;

  private final List<String> values;
  private final List<float[]> names;
  private final double[] nameCosines;
  private final List<Point> points;
  private final double[][] weights;

  private ValueModel(
      List<String> values,
      List<float[]> names,
      double[] nameCosines,
      List<Point> points,
      double[][] weights) {
    this.values = values;
    this.names = names;
    this.nameCosines = nameCosines;
    this.points = points;
    this.weights = weights;
  }

  /**
   * Fits a model.
   *
   * @param values the values
   * @param names the vector of each value's name; null where the name means nothing
   * @param unnamed the similarity that a value without a name is taken to have
   */
  static ValueModel fit(
      List<String> values, List<float[]> names, double unnamed, List<Point> points) {
    double[] cosines = new double[values.size()];
    java.util.Arrays.fill(cosines, unnamed);
    ValueModel model = new ValueModel(values, names, cosines, points, new double[0][]);
    if (points.isEmpty()) {
      return model;
    }
    double[][] factor = Cholesky.factor(gram(points));
    double[][] weights = new double[values.size()][];
    List<double[]> priors = new ArrayList<>();
    points.forEach(point -> priors.add(model.prior(point.vector())));
    for (int v = 0; v < weights.length; v++) {
      double[] residual = new double[points.size()];
      for (int i = 0; i < residual.length; i++) {
        boolean has = points.get(i).values().contains(values.get(v));
        residual[i] = (has ? 1 : 0) - priors.get(i)[v];
      }
      weights[v] = Cholesky.solve(factor, residual);
    }
    return new ValueModel(values, names, cosines, points, weights);
  }

  private static double[][] gram(List<Point> points) {
    int n = points.size();
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i][j] = kernel(points.get(i).vector(), points.get(j).vector());
        gram[j][i] = gram[i][j];
      }
      gram[i][i] += points.get(i).noise();
    }
    return gram;
  }

  private static double kernel(float[] a, float[] b) {
    return KERNEL_CONSTANT + StrictMath.exp(SentenceEmbedder.cosine(a, b) - 1);
  }

  /** The chance of each value, in their order; not quite between 0 and 1. */
  double[] predict(float[] text) {
    double[] chances = prior(text);
    if (points.isEmpty()) {
      return chances;
    }
    double[] kernels = new double[points.size()];
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = kernel(points.get(i).vector(), text);
    }
    for (int v = 0; v < chances.length; v++) {
      for (int i = 0; i < kernels.length; i++) {
        chances[v] += kernels[i] * weights[v][i];
      }
    }
    return chances;
  }

  List<String> values() {
    return values;
  }

  private double[] prior(float[] text) {
    double[] result = new double[values.size()];
    double sum = 0;
    for (int v = 0; v < result.length; v++) {
      boolean named = v < names.size();
      double cosine = named ? SentenceEmbedder.cosine(names.get(v), text) : nameCosines[v];
      result[v] = StrictMath.exp(cosine / NAME_TEMPERATURE);
      sum += result[v];
    }
    for (int v = 0; v < result.length; v++) {
      result[v] /= sum;
    }
    return result;
  }
}
