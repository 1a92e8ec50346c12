package dev.hone.benchmarks.rival;

import dev.hone.optimize.search.Configuration;
import dev.hone.stats.Cholesky;
import dev.hone.stats.NormalDistribution;
import java.util.List;

/**
 * A Gaussian process over configurations, on standardized means; its lengths and its noise are
 * those of a grid under which the means are most likely.
 */
final class ConfigurationProcess {
  private static final double[] LENGTHS = {0.5, 1.5, 5};
  private static final double[] NOISES = {0.1, 0.5, 2};

  private final List<Configuration> known;
  private final double[] values;
  private final double center;
  private final double scale;
  private PairKernel kernel;
  private Cholesky factor;
  private double[] weights = {};
  private double signal = 1;
  private double likelihood = Double.NEGATIVE_INFINITY;

  ConfigurationProcess(PairKernel unit, List<Configuration> known, double[] means) {
    this.known = known;
    this.kernel = unit;
    double sum = 0;
    double squares = 0;
    for (double mean : means) {
      sum += mean;
      squares += mean * mean;
    }
    center = sum / means.length;
    double variance = squares / means.length - center * center;
    scale = variance > 1e-12 ? Math.sqrt(variance) : 1;
    values = new double[means.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (means[i] - center) / scale;
    }
    factor = Cholesky.ofLowerTriangle(new double[][] {{1}});
    for (double instructions : LENGTHS) {
      for (double demos : LENGTHS) {
        fit(new PairKernel(unit.meter(), instructions, demos));
      }
    }
  }

  private void fit(PairKernel candidate) {
    int n = values.length;
    double[][] covariance = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = candidate.of(known.get(i), known.get(j));
      }
    }
    for (double noise : NOISES) {
      double[][] noisy = new double[n][];
      double total = 1 + noise;
      for (int i = 0; i < n; i++) {
        noisy[i] = covariance[i].clone();
        for (int j = 0; j <= i; j++) {
          noisy[i][j] /= total;
        }
        noisy[i][i] = 1;
      }
      take(candidate, Cholesky.ofLowerTriangle(noisy), 1 / total, noisy);
    }
  }

  private void take(PairKernel candidate, Cholesky of, double share, double[][] lower) {
    double[] solved = values.clone();
    of.solve(solved);
    double fit = 0;
    for (int i = 0; i < solved.length; i++) {
      fit += values[i] * solved[i];
    }
    double likely = -fit / 2;
    for (int i = 0; i < solved.length; i++) {
      likely -= Math.log(lower[i][i]);
    }
    if (likely > likelihood) {
      likelihood = likely;
      kernel = candidate;
      factor = of;
      weights = solved;
      signal = share;
    }
  }

  /** How much a configuration is expected to be over a mean. */
  double expectedImprovement(Configuration configuration, double over) {
    double[] cross = new double[known.size()];
    double mean = 0;
    for (int i = 0; i < cross.length; i++) {
      cross[i] = signal * kernel.of(configuration, known.get(i));
      mean += cross[i] * weights[i];
    }
    double deviation = Math.sqrt(Math.max(1e-12, signal - factor.inverseForm(cross)));
    double lead = mean - (over - center) / scale;
    double z = lead / deviation;
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    return scale * (lead * NormalDistribution.probability(z) + deviation * density);
  }
}
