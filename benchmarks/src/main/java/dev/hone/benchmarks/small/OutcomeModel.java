package dev.hone.benchmarks.small;

import dev.hone.stats.NormalDistribution;

/**
 * How outcomes of given variance components are drawn: an outcome is the mean of {@link #facets()}
 * successes, and a facet succeeds where a standard normal is under the quantile of the
 * configuration's true score, which so is its expectation exactly. The normals of two
 * configurations are correlated by what these share: the example, an instruction on the example, a
 * demo set on the example. The correlations are those at which the covariances of outcomes are the
 * given components, at the mean score.
 *
 * @param facets draws that make up a score: 1, or 2 where components are too small for one
 * @param shared correlation of the facets of one score
 * @param example correlation by the example alone
 * @param instruction what a common instruction adds to it
 * @param demos what a common demo set adds to it
 */
record OutcomeModel(int facets, double shared, double example, double instruction, double demos) {
  private static final int STEPS = 200;

  /** Scores whose variance is under this share of that of 0 and 1 are graded. */
  private static final double GRADED = 0.9;

  /** The model of given components. */
  static OutcomeModel of(VarianceComponents components) {
    double mean = components.mean();
    double whole = mean * (1 - mean);
    double total = components.onExamples();
    int facets = total < GRADED * whole ? 2 : 1;
    double scale = facets == 1 ? whole / total : 1;
    double shared = facets == 1 ? 1 : solve(r -> (whole + covariance(r, mean)) / 2, total);
    double example = correlation(components.examples() * scale, facets, shared, mean);
    double instruction =
        correlation(
            (components.examples() + components.instructionOnExample()) * scale,
            facets,
            shared,
            mean);
    double demos =
        correlation(
            (components.examples() + components.demosOnExample()) * scale, facets, shared, mean);
    return new OutcomeModel(
        facets, shared, example, Math.max(0, instruction - example), Math.max(0, demos - example));
  }

  /** What is left of the variance of a normal: the pair of both on the example, and noise. */
  double rest() {
    return Math.max(0, 1 - example - instruction - demos);
  }

  private interface Curve {
    double at(double correlation);
  }

  private static double correlation(double covariance, int facets, double shared, double mean) {
    return solve(
        r ->
            facets == 1
                ? covariance(r, mean)
                : (covariance(r, mean) + covariance(shared * r, mean)) / 2,
        covariance);
  }

  private static double solve(Curve rising, double target) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      if (rising.at(middle) < target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The covariance of two successes of the same probability, by the correlation of the normals. */
  static double covariance(double correlation, double probability) {
    double threshold = NormalDistribution.quantile(probability);
    double angle = Math.asin(correlation);
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      double at = angle * (i + 0.5) / STEPS;
      sum += Math.exp(-threshold * threshold / (1 + Math.sin(at)));
    }
    return sum * angle / STEPS / (2 * Math.PI);
  }
}
