package dev.hone.optimize.search.racing.model;

import dev.hone.stats.NormalDistribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What more outcomes of a configuration can be expected to gain: the knowledge gradient for
 * correlated normal beliefs (Frazier, Powell and Dayanik 2009).
 *
 * <p>Whatever outcomes show of one configuration moves the predictions of all that share something
 * with it. Before they are known, the predictions to be are normal around those of now, along one
 * direction; the highest of them is expected to lie above the highest of now, and the difference is
 * what the outcomes are worth. The difficulty of the examples counts as known: whoever is compared
 * with the configuration in the end meets the same ones.
 *
 * <p>Cost: with m contenders and p unknowns, O(m p²) to begin, and O(m p + m log m) an evaluation.
 */
public final class KnowledgeGradient {
  /**
   * What the model's deviations are multiplied by. It takes its estimated variances for known and
   * all effects for normal, so it is too sure by about this much.
   */
  public static final double WIDENING = 1.3;

  private static final double EQUAL_SLOPES = 1e-12;

  private final Posterior posterior;
  private final List<double[]> halves = new ArrayList<>();
  private final List<Double> own = new ArrayList<>();
  private final List<Double> means = new ArrayList<>();

  /** No contenders yet. */
  public KnowledgeGradient(Posterior posterior) {
    this.posterior = posterior;
  }

  /** Adds a configuration with outcomes, by its place among the model's arms. */
  public void addTried(int arm) {
    add(posterior.halfOfTried(arm), posterior.ownVarianceOfTried(arm), posterior.meanOfTried(arm));
  }

  /** Adds a configuration without outcomes, by its effects. */
  public void addUntried(int[] effects) {
    add(
        posterior.halfOfUntried(effects),
        posterior.variances().interaction(),
        posterior.meanOfUntried(effects));
  }

  private void add(double[] half, double ownVariance, double mean) {
    for (int i = 0; i < half.length; i++) {
      half[i] *= WIDENING;
    }
    halves.add(half);
    own.add(ownVariance * WIDENING * WIDENING);
    means.add(mean);
  }

  /**
   * The expected rise of the highest prediction.
   *
   * @param contender which one is evaluated, in the order in which they were added
   * @param examples on how many more examples
   */
  public double gain(int contender, int examples) {
    double[] seen = halves.get(contender);
    double variance =
        dot(seen, seen) + own.get(contender) + posterior.variances().noise() / examples;
    double[] slopes = new double[halves.size()];
    for (int other = 0; other < slopes.length; other++) {
      double covariance = dot(halves.get(other), seen) + (other == contender ? own.get(other) : 0);
      slopes[other] = covariance / Math.sqrt(variance);
    }
    return expectedRise(slopes);
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /** E[max(mean + slope Z)] - max(mean), Z standard normal: over the upper hull of the lines. */
  private double expectedRise(double[] slopes) {
    int[] hull = new int[slopes.length];
    double[] from = new double[slopes.length];
    int size = 0;
    for (int line : bySlope(slopes)) {
      if (size > 0 && hides(hull[size - 1], line, slopes)) {
        continue;
      }
      while (size > 0 && crossing(hull[size - 1], line, slopes) <= from[size - 1]) {
        size--;
      }
      from[size] = size == 0 ? Double.NEGATIVE_INFINITY : crossing(hull[size - 1], line, slopes);
      hull[size++] = line;
    }
    double rise = 0;
    for (int i = 1; i < size; i++) {
      rise += (slopes[hull[i]] - slopes[hull[i - 1]]) * lossBeyond(Math.abs(from[i]));
    }
    return rise;
  }

  private int[] bySlope(double[] slopes) {
    return IntStream.range(0, slopes.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(line -> slopes[line])
                .thenComparingDouble(means::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Whether a line is as steep as another, but for rounding, and nowhere above it. */
  private boolean hides(int above, int line, double[] slopes) {
    return slopes[line] - slopes[above] < EQUAL_SLOPES && means.get(line) <= means.get(above);
  }

  /** Where a line overtakes one that is less steep; everywhere if both are as steep. */
  private double crossing(int flatter, int line, double[] slopes) {
    double steeper = slopes[line] - slopes[flatter];
    return steeper < EQUAL_SLOPES
        ? Double.NEGATIVE_INFINITY
        : (means.get(flatter) - means.get(line)) / steeper;
  }

  /** E[max(Z - z, 0)] of a standard normal Z; not under 0 where only rounding is left. */
  private static double lossBeyond(double z) {
    return Math.max(0, NormalDistribution.density(z) - z * NormalDistribution.probability(-z));
  }
}
