package dev.hone.stats;

/**
 * The confidence interval and the lower bound of a number of a set: of a share by its own formulas,
 * of all else by the {@link Bootstrap}.
 *
 * <p>Measured coverage of the bootstrap's at 95 %, for 20 to 400 examples of two classes: F1 of a
 * class of a fifth or a tenth 0.94 to 0.97, macro-F1 and kappa 0.92 to 0.98; where only two
 * examples of a class are to be expected, 0.89 and 0.80. Lower bounds at 0.9 missed 0.04 to 0.12.
 */
public final class TallyBounds {
  private TallyBounds() {}

  /**
   * The interval of a value: Wilson's of a share; never of zero width.
   *
   * @param tally at least one observation, whole weights
   * @param level how sure to be, such as 0.95
   */
  public static Interval interval(ObservationTally tally, TallyFormula formula, double level) {
    TallyFormula.Share share = formula.share(tally).orElse(null);
    return share != null && share.trials() > 0
        ? Interval.ofShare((long) share.successes(), (long) share.trials(), level)
        : Bootstrap.distribution(tally, formula::value)
            .interval(level, formula.support(tally), formula.least());
  }

  /** What the true value is above with a given confidence; exact for a share. */
  public static double lower(ObservationTally tally, TallyFormula formula, double confidence) {
    TallyFormula.Share share = formula.share(tally).orElse(null);
    return share != null
        ? BinomialBound.lower((long) share.successes(), (long) share.trials(), confidence)
        : Bootstrap.distribution(tally, formula::value)
            .lower(confidence, formula.support(tally), formula.least());
  }
}
