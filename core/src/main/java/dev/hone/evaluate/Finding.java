package dev.hone.evaluate;

import dev.hone.stats.Interval;

/**
 * What a comparison of two programs shows of the second one. The one rule, by which commands and
 * reports speak.
 */
public enum Finding {
  /** It is better: the 95 % confidence interval of the difference lies above 0. */
  BETTER,
  /** It is worse: the interval lies below 0. */
  WORSE,
  /** Neither is shown. */
  NOT_SHOWN;

  /** With fewer, how much differences vary is not known well enough to speak of any of them. */
  public static final int FEWEST = 10;

  /**
   * The finding.
   *
   * @param interval of the difference, second less first
   * @param examples the number of examples that count
   */
  public static Finding of(Interval interval, int examples) {
    return of(interval.lower(), interval.upper(), examples);
  }

  /** As the other one, by the two ends of the interval. */
  public static Finding of(double lower, double upper, int examples) {
    if (examples < FEWEST) {
      return NOT_SHOWN;
    }
    return lower > 0 ? BETTER : upper < 0 ? WORSE : NOT_SHOWN;
  }
}
