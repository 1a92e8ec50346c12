package dev.hone.benchmarks.quality;

/**
 * The normal distribution as the recorded surfaces were made with it: by an approximation, whose
 * last digits are part of the true scores, and so of every figure in the results. All else uses
 * {@code dev.hone.stats.NormalDistribution}.
 */
final class Normal {
  private Normal() {}

  /** The quantile, by bisection of an approximation with error under 1e-7. */
  static double quantile(double probability) {
    double low = -8;
    double high = 8;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (cdf(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Abramowitz and Stegun 26.2.17. */
  static double cdf(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double series =
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)));
    double tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * t * series;
    return x > 0 ? 1 - tail : tail;
  }
}
