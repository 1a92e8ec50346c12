package dev.hone.stats;

import dev.hone.InvalidInputException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A confidence interval.
 *
 * @param lower its lower end
 * @param upper its upper end, not below the lower one
 * @param level how often intervals made this way hold the true value, between 0 and 1
 */
public record Interval(double lower, double upper, double level) {
  // An algorithm card. Scores of 0 and 1 only: Wilson's interval, which keeps its promise near the
  // ends and for few examples, where the plain one (mean plus and minus a number of standard
  // errors)
  // does not. Graded scores in [0, 1]: Wilson's with the number of yes-or-no examples that would
  // have the same standard error, n' = n m (1 - m) / s^2, and Student's quantile for Wilson's
  // normal one, since s is estimated; for scores that are far from both ends it is Student's
  // interval.
  // Scores on another scale: Student's interval. Scores that are all equal: the other end of the
  // scale may have been missed, as often as Wilson's interval allows for n of n.
  // Measured coverage at 95 %: IntervalTest. It is short of its level where one example in thirty
  // or fewer is far from all the rest, which a small sample often does not show at all.

  /** Checks the ends and the level. */
  public Interval {
    requireLevel(level);
    if (!(lower <= upper)) {
      throw InvalidInputException.of(
          "The interval's lower end (%s) exceeds its upper end (%s)".formatted(lower, upper),
          "swap them");
    }
  }

  /**
   * The interval of a mean: Wilson's for scores of 0 and 1, its extension to graded scores within 0
   * and 1, Student's for scores on another scale. Never of zero width, not even for equal scores.
   *
   * @param scores a score per example, independent of each other
   * @param level how sure to be, such as 0.95
   * @throws InvalidInputException if there is no score, one is not finite, or the level is not
   *     between 0 and 1
   */
  public static Interval ofMean(double[] scores, double level) {
    return ofMean(Sample.of(scores), level);
  }

  /**
   * The interval of the mean of scores that were put together of parts; as {@link #ofMean(double[],
   * double)}.
   *
   * @throws InvalidInputException if there is no score, or the level is not between 0 and 1
   */
  public static Interval ofMean(Sample sample, double level) {
    requireLevel(level);
    if (sample.size() == 0) {
      throw InvalidInputException.of(
          "There are no scores to take the interval of", "check that the dataset is not empty");
    }
    double normal = NormalDistribution.quantile((1 + level) / 2);
    if (sample.variance() == 0) {
      return ofEqual(sample, normal, level);
    }
    if (sample.binary()) {
      return wilson(sample.mean(), sample.size(), normal, level);
    }
    double student = StudentDistribution.quantile((1 + level) / 2, degrees(sample));
    if (sample.withinUnit()) {
      double spread = sample.mean() * (1 - sample.mean());
      return wilson(sample.mean(), sample.size() * spread / sample.variance(), student, level);
    }
    double half = student * Math.sqrt(sample.variance() / sample.size());
    return new Interval(sample.mean() - half, sample.mean() + half, level);
  }

  /**
   * The interval of a share, by Wilson; never of zero width.
   *
   * @param count the number of trials that count
   * @param trials the number of all, independent of each other; at least 1
   * @param level how sure to be, such as 0.95
   * @throws InvalidInputException if there are no trials, fewer than count, or the level is not
   *     between 0 and 1
   */
  public static Interval ofShare(long count, long trials, double level) {
    requireLevel(level);
    if (count < 0 || trials < 1 || count > trials) {
      throw InvalidInputException.of(
          "A share of %d in %d has no interval".formatted(count, trials),
          "count at least one trial");
    }
    double normal = NormalDistribution.quantile((1 + level) / 2);
    return wilson(count / (double) trials, trials, normal, level);
  }

  /** Whether a value lies in the interval, its ends included. */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }

  /** The distance of the ends. */
  public double width() {
    return upper - lower;
  }

  private static Interval wilson(double mean, double size, double quantile, double level) {
    double q2 = quantile * quantile;
    double shrink = 1 + q2 / size;
    double center = (mean + q2 / (2 * size)) / shrink;
    double half = quantile / shrink * Math.sqrt(mean * (1 - mean) / size + q2 / (4 * size * size));
    return new Interval(Math.max(0, center - half), Math.min(1, center + half), level);
  }

  /**
   * For n equal scores, Wilson's interval of 0 of n says how often another may have been missed.
   */
  private static Interval ofEqual(Sample sample, double quantile, double level) {
    double q2 = quantile * quantile;
    double missed = q2 / (sample.size() + q2);
    double mean = sample.mean();
    double below = sample.withinUnit() ? mean : Math.abs(mean);
    double above = sample.withinUnit() ? 1 - mean : Math.abs(mean);
    return new Interval(mean - below * missed, mean + above * missed, level);
  }

  private static int degrees(Sample sample) {
    return (int) Math.min(Integer.MAX_VALUE, sample.size() - 1);
  }

  private static void requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw InvalidInputException.of(
          "The level (" + level + ") is not between 0 and 1", "use 0.95");
    }
  }

  /**
   * What an interval needs to know of scores. Samples of parts of a data set, taken anywhere, are
   * put together by {@link #plus}; the order changes the last digits at most.
   *
   * @param size the number of scores
   * @param mean their mean; 0 if there are none
   * @param squares the sum of the squared distances from the mean
   * @param least the lowest score; positive infinity if there are none
   * @param most the highest score; negative infinity if there are none
   * @param binary whether all scores are 0 or 1
   */
  public record Sample(
      long size, double mean, double squares, double least, double most, boolean binary)
      implements Serializable {
    /** Of no scores. */
    public static final Sample NONE =
        new Sample(0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, true);

    /**
     * Of scores.
     *
     * @throws InvalidInputException if one is not finite
     */
    public static Sample of(double... scores) {
      for (double score : scores) {
        if (!Double.isFinite(score)) {
          throw InvalidInputException.of(
              "A score is " + score + ", expected a finite number",
              "check the metric for a division by zero");
        }
      }
      if (scores.length == 0) {
        return NONE;
      }
      double least = Arrays.stream(scores).min().orElseThrow();
      double most = Arrays.stream(scores).max().orElseThrow();
      double mean = least == most ? least : Arrays.stream(scores).sum() / scores.length;
      double squares = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).sum();
      return new Sample(
          scores.length,
          mean,
          squares,
          least,
          most,
          Arrays.stream(scores).allMatch(score -> score == 0 || score == 1));
    }

    /** The scores of both, together. */
    public Sample plus(Sample other) {
      if (size == 0 || other.size == 0) {
        return size == 0 ? other : this;
      }
      double all = size + (double) other.size;
      double distance = other.mean - mean;
      double low = Math.min(least, other.least);
      double high = Math.max(most, other.most);
      return new Sample(
          size + other.size,
          low == high ? low : mean + distance * (other.size / all),
          squares + other.squares + distance * distance * (size / all) * other.size,
          low,
          high,
          binary && other.binary);
    }

    double variance() {
      return least == most ? 0 : squares / (size - 1);
    }

    boolean withinUnit() {
      return least >= 0 && most <= 1;
    }
  }
}
