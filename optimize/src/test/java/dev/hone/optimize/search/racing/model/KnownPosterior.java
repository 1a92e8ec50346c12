package dev.hone.optimize.search.racing.model;

import dev.hone.stats.Cholesky;

/**
 * A posterior that is stated instead of learnt: of each configuration the mean, what it shares with
 * others, and the variance that it has by itself. The covariance of two of them is the product of
 * what they share.
 */
public final class KnownPosterior {
  private final double noise;
  private final double[][] shared;
  private final double[] own;
  private final double[] means;

  /**
   * A posterior.
   *
   * @param noise the variance of one outcome when configuration and example are known
   * @param shared per configuration its loadings on what all share, equally many each
   * @param own per configuration the variance that it has by itself, over 0
   */
  public KnownPosterior(double noise, double[][] shared, double[] own, double[] means) {
    this.noise = noise;
    this.shared = shared;
    this.own = own;
    this.means = means;
  }

  /** Configurations that share nothing. */
  public static KnownPosterior independent(double noise, double[] variances, double[] means) {
    return new KnownPosterior(noise, new double[means.length][1], variances, means);
  }

  /** A gradient with all of them as contenders, in their order. */
  public KnowledgeGradient gradient() {
    Posterior posterior = posterior();
    KnowledgeGradient gradient = new KnowledgeGradient(posterior);
    for (int i = 0; i < means.length; i++) {
      gradient.addTried(i);
    }
    return gradient;
  }

  /** The covariance of two of them, deviations widened as the gradient widens them. */
  double covariance(int one, int other) {
    double covariance = one == other ? own[one] : 0;
    for (int i = 0; i < shared[one].length; i++) {
      covariance += shared[one][i] * shared[other][i];
    }
    return covariance * KnowledgeGradient.WIDENING * KnowledgeGradient.WIDENING;
  }

  private Posterior posterior() {
    int unknowns = shared[0].length;
    Posterior.Row[] rows = new Posterior.Row[means.length];
    for (int i = 0; i < rows.length; i++) {
      int[] index = new int[unknowns];
      double[] weight = new double[unknowns];
      for (int u = 0; u < unknowns; u++) {
        index[u] = u;
        weight[u] = -shared[i][u] / own[i];
      }
      rows[i] = new Posterior.Row(index, weight, 0, means[i] / own[i], own[i], new double[0]);
    }
    Variances variances = new Variances(1, noise, 0.1, new double[] {0.01}, 0.01);
    return new Posterior(variances, 0, identity(unknowns), new double[unknowns], rows);
  }

  private static Cholesky identity(int size) {
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = new double[i + 1];
      rows[i][i] = 1;
    }
    return Cholesky.ofLowerTriangle(rows);
  }
}
