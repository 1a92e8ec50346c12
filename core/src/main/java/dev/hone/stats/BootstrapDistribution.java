package dev.hone.stats;

import java.util.Arrays;
import java.util.Optional;

/**
 * The bootstrap distribution of a statistic: its value of the sample and of each resample, with the
 * acceleration that the jackknife gives. Immutable.
 *
 * <p>Bounds are bias-corrected and accelerated (BCa): B. Efron, "Better bootstrap confidence
 * intervals" (1987). Resamples in which the statistic is undefined are left out.
 */
public final class BootstrapDistribution {
  /** Values that differ by no more are the same, computed in another order. */
  private static final double ROUNDING = 1e-12;

  private final double value;
  private final double[] sorted;
  private final boolean spread;
  private final double bias;
  private final double acceleration;

  /**
   * A distribution.
   *
   * @param value of the sample; NaN if undefined
   * @param drawn of each resample; NaN where undefined
   */
  BootstrapDistribution(double value, double[] drawn, double acceleration) {
    this.value = value;
    this.sorted = Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
    this.spread =
        Double.isFinite(value)
            && 2 * sorted.length > drawn.length
            && sorted[0] < sorted[sorted.length - 1];
    this.bias = spread ? normal(shareBelow(value)) : 0;
    this.acceleration = acceleration;
  }

  /** The value of the sample; NaN if it is undefined. */
  public double value() {
    return value;
  }

  /**
   * The confidence interval, which holds the value; empty where the statistic is undefined for the
   * sample or for half of the resamples, or the same in nearly all of them, so that they say
   * nothing about its error.
   *
   * @param level how sure to be, such as 0.95
   */
  public Optional<Interval> interval(double level) {
    if (!spread) {
      return Optional.empty();
    }
    double lower = quantile((1 - level) / 2);
    double upper = quantile((1 + level) / 2);
    return lower < upper
        ? Optional.of(new Interval(Math.min(lower, value), Math.max(upper, value), level))
        : Optional.empty();
  }

  /**
   * The confidence interval of a value that is defined and of which 1 is perfect; never of zero
   * width. Where resamples say nothing, as for a program that is right on every example, the other
   * end may have been missed as often as Wilson's interval allows for the number of examples that
   * the value rests on.
   *
   * @param support that number
   * @param least the least that the value can be
   */
  public Interval interval(double level, double support, double least) {
    return interval(level).orElseGet(() -> withoutSpread(level, support, least));
  }

  private Interval withoutSpread(double level, double support, double least) {
    double missed = Interval.ofShare(0, Math.max(1, (long) support), level).upper();
    double above = Math.max(0, 1 - value);
    double below = Math.max(Math.abs(value - least), above == 0 ? 1e-9 : 0);
    return new Interval(value - missed * below, value + missed * above, level);
  }

  /**
   * What the true value is above at a confidence; at most the value. Where resamples say nothing,
   * by the bound of Clopper and Pearson for as many successes.
   *
   * @param support as of {@link #interval(double, double, double)}
   * @param least as there
   */
  public double lower(double confidence, double support, double least) {
    double bound = spread ? Math.min(value, quantile(1 - confidence)) : value;
    if (spread && bound < sorted[sorted.length - 1]) {
      return bound;
    }
    double shown = BinomialBound.lower((long) support, (long) support, confidence);
    return value - Math.abs(value - least) * (1 - shown);
  }

  /**
   * The confidence at which a value is a lower bound: that the true one is above it. 0.5 for a
   * value that all resamples have.
   */
  public double probabilityAbove(double limit) {
    if (!spread) {
      return (1 + Math.signum(value - limit)) / 2;
    }
    double distance = normal(shareBelow(limit)) - bias;
    double stretched = 1 + acceleration * distance;
    if (stretched <= 0) {
      return distance < 0 ? 1 : 0;
    }
    return NormalDistribution.probability(bias - distance / stretched);
  }

  private double shareBelow(double limit) {
    double below = Arrays.stream(sorted).filter(v -> v < limit - ROUNDING).count();
    double equal = Arrays.stream(sorted).filter(v -> Math.abs(v - limit) <= ROUNDING).count();
    return (below + equal / 2) / sorted.length;
  }

  /** A share as a normal quantile, that of half a resample at the ends. */
  private double normal(double share) {
    double least = 0.5 / sorted.length;
    return NormalDistribution.quantile(Math.max(least, Math.min(1 - least, share)));
  }

  /** The bound that the true value is below with a probability. */
  private double quantile(double probability) {
    double moved = bias + NormalDistribution.quantile(probability);
    double shrunk = 1 - acceleration * moved;
    double end = moved < 0 ? 0 : 1;
    return sortedAt(shrunk <= 0 ? end : NormalDistribution.probability(bias + moved / shrunk));
  }

  private double sortedAt(double share) {
    double place = share * (sorted.length - 1);
    int low = (int) Math.floor(place);
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
  }
}
