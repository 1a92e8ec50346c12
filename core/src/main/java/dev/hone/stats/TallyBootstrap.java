package dev.hone.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The bootstrap of a number of a set: the set is drawn anew from itself 2,000 times, observation by
 * observation with replacement, and the middle of the values is the interval (percentiles, Efron
 * 1979). Seeded, so that equal sets have equal intervals.
 *
 * <p>Exceptions: a share has Wilson's interval, which is better; and where all resamples have one
 * value, such as of a program that is right on every example, the interval is as wide as Wilson's
 * of as many equal scores as the value rests on ({@link TallyFormula#support}), so never of zero
 * width. For values that rest on fewer than about ten examples it is too narrow.
 *
 * <p>Cost: 2,000 values and 2,000 times as many draws as there are observations.
 */
public final class TallyBootstrap {
  private static final int RESAMPLES = 2_000;
  private static final long SEED = 20_260_101;

  private TallyBootstrap() {}

  /**
   * The interval of a value.
   *
   * @param tally at least one observation, whole weights
   * @param level how sure to be, such as 0.95
   */
  public static Interval interval(ObservationTally tally, TallyFormula formula, double level) {
    TallyFormula.Share share = formula.share(tally).orElse(null);
    if (share != null && share.trials() > 0) {
      double[] scores = new double[(int) share.trials()];
      Arrays.fill(scores, 0, (int) share.successes(), 1);
      return Interval.ofMean(scores, level);
    }
    Interval middle = middle(values(tally, formula::value), level);
    double value = formula.value(tally);
    return middle.width() > 0
        ? new Interval(Math.min(middle.lower(), value), Math.max(middle.upper(), value), level)
        : ofNoSpread(value, formula.support(tally), level);
  }

  /** The value that the true one is above with a given confidence, by the same resamples. */
  public static double lower(ObservationTally tally, TallyFormula formula, double confidence) {
    TallyFormula.Share share = formula.share(tally).orElse(null);
    if (share != null) {
      return BinomialBound.lower((long) share.successes(), (long) share.trials(), confidence);
    }
    double[] values = values(tally, formula::value);
    double lower = quantile(values, 1 - confidence);
    return lower < values[values.length - 1]
        ? lower
        : formula.value(tally)
            * BinomialBound.lower(
                (long) formula.support(tally), (long) formula.support(tally), confidence);
  }

  /** The values of all resamples, sorted; of any number of a set, such as a difference. */
  public static double[] values(ObservationTally tally, ToDoubleFunction<ObservationTally> value) {
    int[] places = places(tally);
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double[] counts = new double[tally.observations().size()];
      for (int draw = 0; draw < places.length; draw++) {
        counts[places[random.nextInt(places.length)]]++;
      }
      values[resample] = value.applyAsDouble(tally.withWeights(counts));
    }
    Arrays.sort(values);
    return values;
  }

  /** The place of each single observation. */
  private static int[] places(ObservationTally tally) {
    int[] places = new int[(int) Math.rint(tally.size())];
    int next = 0;
    for (int i = 0; i < tally.observations().size(); i++) {
      for (int times = 0; times < tally.weight(i) && next < places.length; times++) {
        places[next++] = i;
      }
    }
    return places;
  }

  /** The middle of sorted values. */
  public static Interval middle(double[] sorted, double level) {
    double tail = (1 - level) / 2;
    return new Interval(quantile(sorted, tail), quantile(sorted, 1 - tail), level);
  }

  /** The value that a share of sorted values is below. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  private static Interval ofNoSpread(double value, double support, double level) {
    double quantile = NormalDistribution.quantile((1 + level) / 2);
    double missed = quantile * quantile / (Math.max(1, support) + quantile * quantile);
    return new Interval(
        value - missed * Math.abs(value), value + missed * Math.max(0, 1 - value), level);
  }
}
