package dev.hone.stats;

/**
 * One-sided bounds of a share by Clopper and Pearson (1934): exact, so that they hold at least as
 * often as stated, for any number of trials.
 */
public final class BinomialBound {
  private static final int STEPS = 60;

  private BinomialBound() {}

  /**
   * The share that the true one is above with at least a given confidence; 0 without successes.
   *
   * @param successes 0 to trials
   * @param trials at least 0
   * @param confidence between 0 and 1
   */
  public static double lower(long successes, long trials, double confidence) {
    if (successes <= 0 || trials <= 0) {
      return 0;
    }
    if (successes >= trials) {
      return Math.pow(1 - confidence, 1.0 / trials);
    }
    double low = 0;
    double high = successes / (double) trials;
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (probabilityOfAtLeast(successes, trials, middle) < 1 - confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The fewest trials, all of them successes, whose lower bound is a share; between 0 and 1. */
  public static long fewestTrials(double share, double confidence) {
    return (long) Math.ceil(Math.log(1 - confidence) / Math.log(share) - 1e-9);
  }

  /** The probability of at least a number of successes, by the sum of the shorter tail. */
  private static double probabilityOfAtLeast(long successes, long trials, double share) {
    double odds = Math.log(share) - Math.log1p(-share);
    double term = 0;
    for (long k = 1; k <= trials; k++) {
      term += k <= successes ? Math.log(trials - successes + k) - Math.log(k) : 0;
    }
    term += successes * Math.log(share) + (trials - successes) * Math.log1p(-share);
    double sum = 0;
    for (long k = successes; k <= trials; k++) {
      double probability = Math.exp(term);
      sum += probability;
      if (probability < 1e-17 * sum) {
        break;
      }
      term += k == trials ? 0 : Math.log(trials - k) - Math.log(k + 1.0) + odds;
    }
    return sum;
  }
}
