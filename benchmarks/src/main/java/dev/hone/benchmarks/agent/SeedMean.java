package dev.hone.benchmarks.agent;

import dev.hone.stats.Interval;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A mean over seeds, with its interval of 95 % from two seeds on. */
final class SeedMean {
  private static final double LEVEL = 0.95;

  private final double[] values;

  private SeedMean(double[] values) {
    this.values = values;
  }

  static SeedMean of(DoubleStream values) {
    return new SeedMean(values.toArray());
  }

  /** Differences of scores seed by seed; a single score on the right is compared with all. */
  static SeedMean ofGains(double[] scores, double[] before) {
    return of(
        IntStream.range(0, scores.length)
            .mapToDouble(i -> scores[i] - before[Math.min(i, before.length - 1)]));
  }

  @Override
  public String toString() {
    double mean = DoubleStream.of(values).average().orElse(0);
    if (values.length < 2) {
      return String.format(Locale.ROOT, "%.1f", mean);
    }
    Interval interval = Interval.ofMean(values, LEVEL);
    return String.format(
        Locale.ROOT, "%.1f (%.1f to %.1f)", mean, interval.lower(), interval.upper());
  }
}
