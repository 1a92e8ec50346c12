package dev.hone.stats;

import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The bootstrap (B. Efron 1979): a sample is drawn anew from itself, item by item with replacement,
 * and the values of a statistic over the resamples show its error. For statistics whose error has
 * no formula.
 *
 * <p>2,000 resamples; fewer, at least 500, of a sample of more than 5,000 items, whose intervals
 * are narrow in any case. Deterministic: equal samples have equal distributions. Cost: the
 * statistic once per resample and once per kind of item, which is left out once for the
 * acceleration (jackknife); a sample of more than 2,000 kinds has an acceleration of 0, since it
 * falls with the root of the size.
 */
public final class Bootstrap {
  private static final int MOST_RESAMPLES = 2_000;
  private static final int FEWEST_RESAMPLES = 500;
  private static final int MOST_DRAWS = 10_000_000;

  private final double[] counts;
  private final Function<double[], double[]> statistics;
  private final int[] items;

  private Bootstrap(double[] counts, Function<double[], double[]> statistics) {
    this.counts = counts.clone();
    this.statistics = statistics;
    this.items =
        IntStream.range(0, counts.length)
            .flatMap(i -> IntStream.range(0, (int) Math.rint(counts[i])).map(copy -> i))
            .toArray();
  }

  /**
   * The distributions of several statistics of one sample, all from the same resamples.
   *
   * @param counts how often the sample holds each kind of item, in whole numbers; all 1 where each
   *     is of its own kind
   * @param statistics from such counts to the statistics, NaN where one is undefined; must not
   *     change the counts
   */
  public static List<BootstrapDistribution> distributions(
      double[] counts, Function<double[], double[]> statistics) {
    return new Bootstrap(counts, statistics).distributions();
  }

  /** The distribution of a number of a tally of at least one observation, with whole weights. */
  public static BootstrapDistribution distribution(
      ObservationTally tally, ToDoubleFunction<ObservationTally> value) {
    double[] weights =
        IntStream.range(0, tally.observations().size()).mapToDouble(tally::weight).toArray();
    return distributions(
            weights, drawn -> new double[] {value.applyAsDouble(tally.withWeights(drawn))})
        .get(0);
  }

  private List<BootstrapDistribution> distributions() {
    double[] values = statistics.apply(counts.clone());
    double[][] drawn = drawn();
    double[][] without = without();
    List<BootstrapDistribution> all = new ArrayList<>();
    for (int s = 0; s < values.length; s++) {
      all.add(
          new BootstrapDistribution(values[s], column(drawn, s), acceleration(column(without, s))));
    }
    return all;
  }

  private double[][] drawn() {
    int most = Math.min(MOST_RESAMPLES, MOST_DRAWS / Math.max(1, items.length));
    double[][] drawn = new double[Math.max(FEWEST_RESAMPLES, most)][];
    SplittableRandom random = new RandomSource(0).of("bootstrap");
    for (int r = 0; r < drawn.length; r++) {
      double[] resample = new double[counts.length];
      for (int i = 0; i < items.length; i++) {
        resample[items[random.nextInt(items.length)]]++;
      }
      drawn[r] = statistics.apply(resample);
    }
    return drawn;
  }

  /** The statistics without one item of each kind; none where there is nothing to leave out. */
  private double[][] without() {
    if (items.length < 2 || counts.length > MOST_RESAMPLES) {
      return new double[0][];
    }
    double[][] values = new double[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      double[] fewer = counts.clone();
      fewer[i] = Math.max(0, fewer[i] - 1);
      values[i] = statistics.apply(fewer);
    }
    return values;
  }

  private static double[] column(double[][] rows, int index) {
    return Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
  }

  /** A sixth of the skewness of the items' influence. */
  private double acceleration(double[] without) {
    double size = 0;
    double sum = 0;
    for (int i = 0; i < without.length; i++) {
      if (Double.isFinite(without[i])) {
        size += counts[i];
        sum += counts[i] * without[i];
      }
    }
    double squares = 0;
    double cubes = 0;
    for (int i = 0; i < without.length; i++) {
      if (Double.isFinite(without[i])) {
        double influence = sum / size - without[i];
        squares += counts[i] * influence * influence;
        cubes += counts[i] * influence * influence * influence;
      }
    }
    return squares > 0 ? cubes / (6 * Math.pow(squares, 1.5)) : 0;
  }
}
