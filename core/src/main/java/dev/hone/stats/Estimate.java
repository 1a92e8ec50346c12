package dev.hone.stats;

import java.util.Locale;

/**
 * A value that was measured on a sample, with its confidence interval.
 *
 * @param value the value
 * @param interval the interval; usually holds the value
 */
public record Estimate(double value, Interval interval) {
  /** A share of a number of trials, with Wilson's interval. */
  public static Estimate ofShare(long count, long trials, double level) {
    return new Estimate(count / (double) trials, Interval.ofShare(count, trials, level));
  }

  /** Such as {@code 0.812 [0.700, 0.893]}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.3f [%.3f, %.3f]", value, interval.lower(), interval.upper());
  }
}
