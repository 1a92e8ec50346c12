package dev.hone.optimize.search;

import dev.hone.stats.Interval;
import dev.hone.stats.StudentDistribution;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How one configuration scored beside another on the examples that both have a score on, example by
 * example, so that the difficulty of examples cancels. Immutable.
 *
 * <p>Card. Student's t of the differences, whose variance is shrunken: few differences, and equal
 * ones most of all, say too little of it. The variance of all scores of both, around their common
 * mean, is the prior, worth {@value #PRIOR_DEGREES} degrees of freedom; it is what differences vary
 * by where the scores of an example are correlated by one half. So ten equal differences of 0 do
 * not mean that the two are equal, nor three of 1 that one is better for sure.
 *
 * <p>The probability takes a prior of the true difference, too: normal around 0 with {@value
 * #PRIOR_SPREAD} of a score's standard deviation, which is about what instructions and demo sets
 * differ by. It moves the estimate towards 0, more so the fewer examples there are, and stands in
 * for what the best of many owes to luck; the interval is that of the differences alone.
 *
 * @param examples the number of examples with a score of both; at least 1
 * @param mean the mean difference; positive where the first scored higher
 * @param interval its 95 % confidence interval; of one that was chosen as the best of many it is
 *     optimistic
 * @param probabilityOfBetter the probability that the first is truly better
 */
public record PairedDifference(
    int examples, double mean, Interval interval, double probabilityOfBetter) {
  private static final int PRIOR_DEGREES = 4;
  private static final double PRIOR_SPREAD = 0.25;
  private static final double LEVEL = 0.95;

  /**
   * Compares scores by example; NaN where there is none. Empty if no example has both.
   *
   * @throws IllegalArgumentException if they are of different numbers of examples
   */
  public static Optional<PairedDifference> of(double[] scores, double[] others) {
    return of(scores, others, OptionalDouble.empty());
  }

  /**
   * As {@link #of(double[], double[])}, around another difference than the mean one, such as that
   * of a number of the whole set.
   */
  public static Optional<PairedDifference> of(
      double[] scores, double[] others, OptionalDouble ofSets) {
    if (scores.length != others.length) {
      throw new IllegalArgumentException(
          "%d scores beside %d".formatted(scores.length, others.length));
    }
    int[] common =
        IntStream.range(0, scores.length)
            .filter(i -> !Double.isNaN(scores[i]) && !Double.isNaN(others[i]))
            .toArray();
    if (common.length == 0) {
      return Optional.empty();
    }
    double[] one = Arrays.stream(common).mapToDouble(i -> scores[i]).toArray();
    double[] other = Arrays.stream(common).mapToDouble(i -> others[i]).toArray();
    double[] differences =
        IntStream.range(0, common.length).mapToDouble(i -> one[i] - other[i]).toArray();
    double mean = ofSets.orElseGet(() -> Arrays.stream(differences).average().orElseThrow());
    double prior =
        squares(DoubleStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray())
            / (2 * common.length - 1);
    return Optional.of(
        prior == 0 ? ofEqual(one, mean) : around(mean, squares(differences), common.length, prior));
  }

  /** Of scores that are all equal: each of the two may have missed other ones. */
  private static PairedDifference ofEqual(double[] scores, double mean) {
    double half = Interval.ofMean(scores, LEVEL).width();
    return new PairedDifference(scores.length, mean, new Interval(-half, half, LEVEL), 0.5);
  }

  private static PairedDifference around(double mean, double squares, int size, double prior) {
    int degrees = PRIOR_DEGREES + size - 1;
    double variance = (PRIOR_DEGREES * prior + squares) / degrees / size;
    double half = StudentDistribution.quantile((1 + LEVEL) / 2, degrees) * Math.sqrt(variance);
    double spread = PRIOR_SPREAD * PRIOR_SPREAD * prior;
    double kept = spread / (spread + variance);
    return new PairedDifference(
        size,
        mean,
        new Interval(mean - half, mean + half, LEVEL),
        StudentDistribution.probability(mean * Math.sqrt(kept / variance), degrees));
  }

  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
  }

  /** Such as {@code +0.050 [-0.012, 0.112]}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%+.3f [%+.3f, %+.3f]", mean, interval.lower(), interval.upper());
  }
}
