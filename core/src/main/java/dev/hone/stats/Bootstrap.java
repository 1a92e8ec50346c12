package dev.hone.stats;

import dev.hone.SettingCheck;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Intervals of statistics that have no formula: the bootstrap, bias-corrected and accelerated.
 * Immutable and thread-safe.
 *
 * <p>Defaults: seed 0, 2,000 resamples. Determinism: the same seed and sample give the same
 * intervals. Cost: a draw per item of the sample, for each resample.
 *
 * <p>Source: B. Efron, "Better bootstrap confidence intervals" (1987). Items that occur several
 * times are one item with a count, so that the jackknife for the acceleration takes one evaluation
 * per kind of item. Differs from the paper: resamples in which the statistic is undefined are left
 * out.
 */
public final class Bootstrap {
  private static final Bootstrap DEFAULTS = new Bootstrap(0, 2_000);

  private final long seed;
  private final int resamples;

  private Bootstrap(long seed, int resamples) {
    SettingCheck.atLeast("resamples", resamples, 100);
    this.seed = seed;
    this.resamples = resamples;
  }

  /** The defaults. */
  public static Bootstrap defaults() {
    return DEFAULTS;
  }

  /** A copy with another seed. */
  public Bootstrap seed(long value) {
    return new Bootstrap(value, resamples);
  }

  /**
   * A copy that draws another number of resamples.
   *
   * @throws dev.hone.InvalidInputException if it is less than 100
   */
  public Bootstrap resamples(int value) {
    return new Bootstrap(seed, value);
  }

  /**
   * The intervals of several statistics of one sample, all from the same resamples.
   *
   * @param counts how often the sample holds each kind of item; all 1 where each is of its own kind
   * @param level how sure to be, such as 0.95
   * @param statistics from such counts to the statistics, NaN where one is undefined; is called
   *     once for each resample and each kind of item, and must not keep the counts
   * @return an interval per statistic; empty where it is undefined for the sample or for half of
   *     the resamples, or the same in all of them, so that they say nothing about its error
   */
  public List<Optional<Interval>> intervals(
      int[] counts, double level, Function<int[], double[]> statistics) {
    double[] values = statistics.apply(counts.clone());
    double[][] drawn = drawn(counts, statistics);
    double[][] without = without(counts, statistics);
    List<Optional<Interval>> intervals = new ArrayList<>();
    for (int s = 0; s < values.length; s++) {
      intervals.add(interval(values[s], column(drawn, s), skew(counts, column(without, s)), level));
    }
    return intervals;
  }

  private double[][] drawn(int[] counts, Function<int[], double[]> statistics) {
    int[] items =
        IntStream.range(0, counts.length)
            .flatMap(i -> IntStream.range(0, counts[i]).map(copy -> i))
            .toArray();
    SplittableRandom random = new RandomSource(seed).of("bootstrap");
    double[][] drawn = new double[resamples][];
    int[] resample = new int[counts.length];
    for (int r = 0; r < resamples; r++) {
      Arrays.fill(resample, 0);
      for (int i = 0; i < items.length; i++) {
        resample[items[random.nextInt(items.length)]]++;
      }
      drawn[r] = statistics.apply(resample);
    }
    return drawn;
  }

  /** The statistics without one item of each kind. */
  private static double[][] without(int[] counts, Function<int[], double[]> statistics) {
    double[][] values = new double[counts.length][];
    int[] fewer = counts.clone();
    for (int i = 0; i < counts.length; i++) {
      fewer[i] = Math.max(0, counts[i] - 1);
      values[i] = statistics.apply(fewer);
      fewer[i] = counts[i];
    }
    return values;
  }

  private static double[] column(double[][] rows, int index) {
    return Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
  }

  /** The acceleration: a sixth of the skewness of the items' influence. */
  private static double skew(int[] counts, double[] without) {
    double size = 0;
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      if (Double.isFinite(without[i])) {
        size += counts[i];
        sum += counts[i] * without[i];
      }
    }
    double squares = 0;
    double cubes = 0;
    for (int i = 0; i < counts.length; i++) {
      if (Double.isFinite(without[i])) {
        double influence = sum / size - without[i];
        squares += counts[i] * influence * influence;
        cubes += counts[i] * influence * influence * influence;
      }
    }
    return squares > 0 ? cubes / (6 * Math.pow(squares, 1.5)) : 0;
  }

  private Optional<Interval> interval(
      double value, double[] drawn, double acceleration, double level) {
    double[] sorted = Arrays.stream(drawn).filter(Double::isFinite).sorted().toArray();
    boolean known = Double.isFinite(value) && 2 * sorted.length > resamples;
    if (!known || sorted[0] == sorted[sorted.length - 1]) {
      return Optional.empty();
    }
    double bias = bias(sorted, value);
    double tail = NormalDistribution.quantile((1 - level) / 2);
    return Optional.of(
        new Interval(
            quantile(sorted, share(bias, tail, acceleration)),
            quantile(sorted, share(bias, -tail, acceleration)),
            level));
  }

  /** By how many standard errors the resamples lie to one side of the value. */
  private static double bias(double[] sorted, double value) {
    double below = Arrays.stream(sorted).filter(v -> v < value).count();
    double equal = Arrays.stream(sorted).filter(v -> v == value).count();
    double share = (below + equal / 2) / sorted.length;
    double least = 0.5 / sorted.length;
    return NormalDistribution.quantile(Math.max(least, Math.min(1 - least, share)));
  }

  private static double share(double bias, double tail, double acceleration) {
    double moved = bias + tail;
    return NormalDistribution.probability(bias + moved / (1 - acceleration * moved));
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int low = (int) Math.floor(place);
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
  }
}
