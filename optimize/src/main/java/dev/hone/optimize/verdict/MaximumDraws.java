package dev.hone.optimize.verdict;

import dev.hone.random.RandomSource;
import dev.hone.stats.NormalDistribution;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How far the best of many differences, each in units of its own error, is above the truth by luck
 * alone: the multiplier bootstrap of the maximum. Every example has one standard normal weight per
 * draw, common to all candidates, so that what candidates have in common, the baseline's luck most
 * of all, is in the draws as it is in the scores.
 *
 * <p>Source: V. Chernozhukov, D. Chetverikov and K. Kato, "Gaussian approximations and multiplier
 * bootstrap for maxima of sums of high-dimensional random vectors", Annals of Statistics 2013.
 */
final class MaximumDraws {
  private static final int MOST_DRAWS = 2_000;
  private static final int FEWEST_DRAWS = 500;
  private static final double MOST_WORK = 5e7;

  private final double[] highest;
  private final double correlation;

  private MaximumDraws(double[] highest, double correlation) {
    this.highest = highest;
    this.correlation = correlation;
  }

  /** Draws for candidates whose differences vary; deterministic. */
  static MaximumDraws of(List<PairedGain> gains, int examples) {
    List<PairedGain> varying = gains.stream().filter(gain -> squares(gain) > 0).toList();
    if (varying.size() < 2) {
      return new MaximumDraws(new double[0], 0);
    }
    double[][] units = varying.stream().map(MaximumDraws::unit).toArray(double[][]::new);
    double work = varying.stream().mapToDouble(PairedGain::size).sum() + examples;
    int draws = (int) Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, MOST_WORK / work));
    SplittableRandom random = new RandomSource(0).of("verdict");
    double[] highest = new double[draws];
    double sums = 0;
    double[] weights = new double[examples];
    for (int draw = 0; draw < draws; draw++) {
      Arrays.setAll(weights, i -> random.nextGaussian());
      double most = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int c = 0; c < units.length; c++) {
        double value = product(varying.get(c).examples(), units[c], weights);
        most = Math.max(most, value);
        sum += value;
      }
      highest[draw] = most;
      sums += sum * sum / draws;
    }
    Arrays.sort(highest);
    int count = units.length;
    double common = (sums / count - 1) / (count - 1);
    return new MaximumDraws(highest, Math.max(0, Math.min(0.95, common)));
  }

  private static double[] unit(PairedGain gain) {
    double length = Math.sqrt(squares(gain));
    return Arrays.stream(gain.residuals()).map(each -> each / length).toArray();
  }

  private static double squares(PairedGain gain) {
    return Arrays.stream(gain.residuals()).map(each -> each * each).sum();
  }

  private static double product(int[] examples, double[] unit, double[] weights) {
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += unit[i] * weights[examples[i]];
    }
    return sum;
  }

  /** The mean correlation of two candidates' errors, 0 to 0.95; 0 for one candidate. */
  double correlation() {
    return correlation;
  }

  /**
   * The error probability that one difference alone must keep, so that the best of all keeps
   * another; at most that one.
   */
  double alone(double tail) {
    if (highest.length == 0) {
      return tail;
    }
    int place = (int) Math.min(highest.length - 1.0, Math.ceil((1 - tail) * highest.length));
    return Math.min(tail, 1 - NormalDistribution.probability(highest[place]));
  }
}
