package dev.hone.stats;

import dev.hone.InvalidInputException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Spearman's rank correlation: whether one number rises with another one, by whatever curve. Equal
 * values share the mean of their ranks. Thread-safe.
 *
 * <p>Source: the interval is Fisher's, with the standard error of D. Bonett and T. Wright (2000),
 * sqrt((1 + r²/2) / (n - 3)). A correlation of 1 or -1 is taken as 1 - 1/n² there, since a few
 * examples in perfect order do not show that all are.
 */
public final class RankCorrelation {
  private static final int LEAST = 4;

  private RankCorrelation() {}

  /**
   * The correlation with its interval; empty where it is undefined, for fewer than 4 pairs and
   * where all values on one side are equal.
   *
   * @param xs one value per pair
   * @param ys the other one, in the same order
   * @param level how sure to be, such as 0.95
   * @throws InvalidInputException if they are not of the same length
   */
  public static Optional<Estimate> spearman(double[] xs, double[] ys, double level) {
    if (xs.length != ys.length) {
      throw InvalidInputException.of(
          "There are %d values on one side, %d on the other".formatted(xs.length, ys.length),
          "take both of the same examples");
    }
    double value = pearson(ranks(xs), ranks(ys));
    return xs.length < LEAST || Double.isNaN(value)
        ? Optional.empty()
        : Optional.of(new Estimate(value, interval(value, xs.length, level)));
  }

  /** The ranks of values, from 1; equal ones share the mean of theirs. */
  static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i] + 0.0));
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = Math.max(to, from + 1);
    }
    return ranks;
  }

  /** NaN if one of both does not vary. */
  private static double pearson(double[] xs, double[] ys) {
    double meanX = Arrays.stream(xs).average().orElse(0);
    double meanY = Arrays.stream(ys).average().orElse(0);
    double products = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int i = 0; i < xs.length; i++) {
      products += (xs[i] - meanX) * (ys[i] - meanY);
      squaresX += (xs[i] - meanX) * (xs[i] - meanX);
      squaresY += (ys[i] - meanY) * (ys[i] - meanY);
    }
    double spread = Math.sqrt(squaresX) * Math.sqrt(squaresY);
    return spread == 0 ? Double.NaN : Math.max(-1, Math.min(1, products / spread));
  }

  private static Interval interval(double value, int size, double level) {
    double most = 1 - 1.0 / ((double) size * size);
    double inner = Math.max(-most, Math.min(most, value));
    double z = Math.log((1 + inner) / (1 - inner)) / 2;
    double error = Math.sqrt((1 + inner * inner / 2) / (size - 3));
    double half = NormalDistribution.quantile((1 + level) / 2) * error;
    return new Interval(
        Math.min(value, Math.tanh(z - half)), Math.max(value, Math.tanh(z + half)), level);
  }
}
