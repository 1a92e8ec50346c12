package dev.hone.benchmarks.quality;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Figures over a group of contests, with 95% intervals by bootstrap over surfaces. */
public final class Summary {
  /** Stands for more than all of the reference's calls. */
  static final double NEVER = 1.5;

  private static final int RESAMPLES = 400;

  /**
   * A figure and its 95% interval.
   *
   * @param value the figure
   * @param low the 2.5% quantile of the resamples
   * @param high the 97.5% quantile
   */
  public record Estimate(double value, double low, double high) {}

  private Summary() {}

  /** A mean of values, by surface. */
  static double mean(List<Contest> contests, ToDoubleFunction<Contest> value) {
    return contests.stream().mapToDouble(value).average().orElse(0);
  }

  /** A quantile, between two values by interpolation. */
  public static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** A figure of a group, with its interval. */
  public static <T> Estimate bootstrap(List<T> group, ToDoubleFunction<List<T>> figure) {
    double[] resampled = resampled(group, figure);
    return new Estimate(
        figure.applyAsDouble(group),
        resampled[(int) (0.025 * RESAMPLES)],
        resampled[(int) (0.975 * RESAMPLES)]);
  }

  /** The one-sided lower 95% bound of a figure of a group. */
  public static <T> double lowerBound(List<T> group, ToDoubleFunction<List<T>> figure) {
    return resampled(group, figure)[(int) (0.05 * RESAMPLES)];
  }

  /** A figure of 400 resamples of a group, from low to high. */
  private static <T> double[] resampled(List<T> group, ToDoubleFunction<List<T>> figure) {
    SplittableRandom random = new SplittableRandom(7);
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      resampled[i] =
          figure.applyAsDouble(
              random.ints(group.size(), 0, group.size()).mapToObj(group::get).toList());
    }
    Arrays.sort(resampled);
    return resampled;
  }

  /** The median over surfaces of the share of calls at which racing is as good. */
  static double medianRatio(List<Contest> contests, double slack) {
    double[] ratios =
        contests.stream()
            .mapToDouble(one -> crossing(scores(List.of(one)), one.reference().score() - slack))
            .sorted()
            .toArray();
    int middle = ratios.length / 2;
    return ratios.length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
  }

  /** The share of calls at which racing's mean score reaches the reference's mean score. */
  static double pooledRatio(List<Contest> contests, double slack) {
    double target = mean(contests, one -> one.reference().score()) - slack;
    return crossing(scores(contests), target);
  }

  /** The share of the reference's remaining gap to the best that racing closes at equal calls. */
  static double gapClosed(List<Contest> contests) {
    double[] scores = scores(contests);
    double reference = mean(contests, one -> one.reference().score());
    double best = mean(contests, one -> one.surface().best());
    return (scores[scores.length - 1] - reference) / (best - reference);
  }

  /** Racing's mean score at each of the fractions. */
  static double[] scores(List<Contest> contests) {
    double[] scores = new double[Contest.FRACTIONS.size()];
    for (int i = 0; i < scores.length; i++) {
      int at = i;
      scores[i] = mean(contests, one -> one.curve().get(at).score());
    }
    return scores;
  }

  /**
   * Where a curve reaches a target, in fractions: of its least-squares rising fit, since single
   * points may reach it by luck; between points by interpolation.
   */
  static double crossing(double[] scores, double target) {
    double[] rising = rising(scores);
    List<Double> at = Contest.FRACTIONS;
    for (int i = 0; i < rising.length; i++) {
      if (rising[i] >= target) {
        double part = i == 0 ? 1 : (target - rising[i - 1]) / (rising[i] - rising[i - 1]);
        double before = i == 0 ? at.get(0) : at.get(i - 1);
        return before + part * (at.get(i) - before);
      }
    }
    return NEVER;
  }

  /** Isotonic regression: pools neighbours that fall. */
  private static double[] rising(double[] values) {
    double[] level = new double[values.length];
    int[] width = new int[values.length];
    int count = 0;
    for (double value : values) {
      level[count] = value;
      width[count++] = 1;
      while (count > 1 && level[count - 2] > level[count - 1]) {
        int both = width[count - 2] + width[count - 1];
        level[count - 2] =
            (level[count - 2] * width[count - 2] + level[count - 1] * width[count - 1]) / both;
        width[--count - 1] = both;
      }
    }
    double[] rising = new double[values.length];
    int next = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width[i]; j++) {
        rising[next++] = level[i];
      }
    }
    return rising;
  }
}
