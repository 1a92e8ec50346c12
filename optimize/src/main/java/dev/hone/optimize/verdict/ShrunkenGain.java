package dev.hone.optimize.verdict;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The estimate of the gain of the best of many: a random-effects model of all candidates' gains.
 *
 * <p>Card. Gains differ between candidates by a variance that their scatter beyond noise shows (R.
 * DerSimonian and N. Laird, 1986), with a prior worth {@value #PRIOR_CANDIDATES} candidates; what
 * all have in common is 0, give or take what a candidate usually brings, so that one unlucky
 * baseline does not lift them all. The best linear prediction follows: what B. Efron, "Tweedie's
 * formula and selection bias" (JASA 2011), shows to need no further correction for selection.
 */
final class ShrunkenGain {
  private static final int PRIOR_CANDIDATES = 3;

  /** What candidates differ by, and what all of them bring, in standard deviations of a score. */
  private static final double PRIOR_BETWEEN = 0.15;

  private static final double PRIOR_COMMON = 0.12;

  private final List<PairedGain> gains;
  private final double correlation;

  private final double leastError;

  private ShrunkenGain(List<PairedGain> gains, double correlation, double leastError) {
    this.gains = gains;
    this.correlation = correlation;
    this.leastError = leastError;
  }

  /**
   * The estimate for one of them; its own mean if it is the only one.
   *
   * @param correlation of two candidates' errors, which is the baseline's part
   */
  static double of(PairedGain own, List<PairedGain> gains, double correlation) {
    return gains.size() < 2 || own.error() == 0
        ? own.mean()
        : new ShrunkenGain(gains, correlation, own.error()).of(own);
  }

  private double of(PairedGain own) {
    double between = between(own.spread());
    ToDoubleFunction<PairedGain> weight = gain -> 1 / (noise(gain) + between);
    double weights = gains.stream().mapToDouble(weight).sum();
    double center = center(weight);
    double error = own.error() * own.error();
    double luck = 1 / weights + error * correlation;
    double common = Math.pow(PRIOR_COMMON * own.spread(), 2);
    return center * common / (common + luck)
        + (own.mean() - center) * between / (between + noise(own));
  }

  /** The variance between candidates. */
  private double between(double spread) {
    ToDoubleFunction<PairedGain> weight = gain -> 1 / noise(gain);
    double weights = gains.stream().mapToDouble(weight).sum();
    double squares = gains.stream().mapToDouble(weight).map(each -> each * each).sum();
    double center = center(weight);
    double scatter =
        gains.stream()
            .mapToDouble(gain -> Math.pow(gain.mean() - center, 2) * weight.applyAsDouble(gain))
            .sum();
    int degrees = gains.size() - 1;
    double shown = Math.max(0, (scatter - degrees) / (weights - squares / weights));
    double prior = Math.pow(PRIOR_BETWEEN * spread, 2);
    return (degrees * shown + PRIOR_CANDIDATES * prior) / (degrees + PRIOR_CANDIDATES);
  }

  private double center(ToDoubleFunction<PairedGain> weight) {
    double weights = gains.stream().mapToDouble(weight).sum();
    return gains.stream().mapToDouble(gain -> weight.applyAsDouble(gain) * gain.mean()).sum()
        / weights;
  }

  /**
   * A candidate's own part of the variance of its mean; none is known better than the one in
   * question, though a few equal scores look so.
   */
  private double noise(PairedGain gain) {
    double error = Math.max(leastError, gain.error());
    return Math.max(1e-12, error * error * (1 - correlation));
  }
}
