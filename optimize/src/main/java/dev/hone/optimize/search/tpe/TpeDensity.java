package dev.hone.optimize.search.tpe;

import dev.hone.optimize.search.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A Parzen estimator over configurations: a mixture of one product kernel per observation and a
 * uniform prior.
 *
 * <p>With {@code m} observations, a kernel gives a choice of a dimension with {@code K} choices the
 * weight {@code 1 / (m + 1)}, plus 1 if it is the observed one, normalised; that is {@code (m + 2)
 * / (m + 1 + K)} for the observed and {@code 1 / (m + 1 + K)} for any other. So a kernel's
 * likelihood depends only on the number of dimensions that match, and {@link #log} sums the
 * kernels' weights by that number: O(m · dimensions) integer comparisons, no allocation, no
 * underflow. A dimension of one choice contributes the factor 1.
 *
 * <p>Not thread-safe: {@link #log} uses a buffer of its own.
 */
final class TpeDensity {
  /** The number of newest observations that weigh 1; the older ones weigh less and less. */
  private static final int NEWEST = 25;

  private final int[] choices;
  private final int[][] kernels;
  private final double[] weights;
  private final double totalWeight;
  private final double[] logByMatches;
  private final double logPrior;
  private final double[] weightByMatches;

  private TpeDensity(int[] choices, int[][] kernels) {
    this.choices = choices;
    this.kernels = kernels;
    weights = weights(kernels.length);
    totalWeight = Arrays.stream(weights).sum() + 1;
    logByMatches = logByMatches(choices, kernels.length);
    logPrior = -Arrays.stream(choices).mapToDouble(Math::log).sum();
    weightByMatches = new double[choices.length + 1];
  }

  /** The density of a group of configurations, oldest first; may be empty. */
  static TpeDensity of(int[] choices, List<Configuration> group) {
    int[][] kernels = new int[group.size()][];
    for (int k = 0; k < kernels.length; k++) {
      kernels[k] = indices(group.get(k));
    }
    return new TpeDensity(choices, kernels);
  }

  /** The choices of a configuration as an array. */
  static int[] indices(Configuration configuration) {
    int[] indices = new int[configuration.choices().size()];
    for (int d = 0; d < indices.length; d++) {
      indices[d] = configuration.choice(d);
    }
    return indices;
  }

  /** The logarithm of the density at a configuration. */
  double log(int[] configuration) {
    Arrays.fill(weightByMatches, 0);
    for (int k = 0; k < kernels.length; k++) {
      weightByMatches[matches(kernels[k], configuration)] += weights[k];
    }
    double greatest = logPrior;
    for (int j = 0; j < weightByMatches.length; j++) {
      if (weightByMatches[j] > 0) {
        greatest = Math.max(greatest, logByMatches[j]);
      }
    }
    double sum = Math.exp(logPrior - greatest);
    for (int j = 0; j < weightByMatches.length; j++) {
      if (weightByMatches[j] > 0) {
        sum += weightByMatches[j] * Math.exp(logByMatches[j] - greatest);
      }
    }
    return greatest + Math.log(sum / totalWeight);
  }

  /** Draws a configuration: a kernel by its weight, then every dimension from that kernel. */
  void sample(RandomGenerator random, int[] into) {
    int kernel = drawKernel(random);
    for (int d = 0; d < choices.length; d++) {
      if (choices[d] == 1) {
        into[d] = 0;
      } else if (kernel == kernels.length) {
        into[d] = random.nextInt(choices[d]);
      } else {
        int drawn = random.nextInt(kernels.length + 1 + choices[d]);
        into[d] = drawn < choices[d] ? drawn : kernels[kernel][d];
      }
    }
  }

  private int drawKernel(RandomGenerator random) {
    double rest = random.nextDouble() * totalWeight;
    int kernel = 0;
    while (kernel < weights.length && rest >= weights[kernel]) {
      rest -= weights[kernel];
      kernel++;
    }
    return kernel;
  }

  private static int matches(int[] kernel, int[] configuration) {
    int matches = 0;
    for (int d = 0; d < kernel.length; d++) {
      if (kernel[d] == configuration[d]) {
        matches++;
      }
    }
    return matches;
  }

  private static double[] weights(int size) {
    double[] weights = new double[size];
    Arrays.fill(weights, 1);
    int older = size - NEWEST;
    double oldest = 1.0 / size;
    for (int i = 0; i < older; i++) {
      weights[i] = older == 1 ? oldest : oldest + (1 - oldest) * i / (older - 1);
    }
    return weights;
  }

  private static double[] logByMatches(int[] choices, int size) {
    double none = 0;
    for (int count : choices) {
      none -= Math.log(size + 1.0 + count);
    }
    double[] logs = new double[choices.length + 1];
    for (int j = 0; j < logs.length; j++) {
      logs[j] = none + j * Math.log(size + 2.0);
    }
    return logs;
  }
}
