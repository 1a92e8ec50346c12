package dev.hone.benchmarks.quality;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How a play ended, or stood at a checkpoint; or the mean of several plays.
 *
 * @param calls distinct pairs of configuration and example that were evaluated
 * @param paid all evaluations, repeats included
 * @param score the true score of what was chosen
 * @param notWorse the share of plays whose choice is not worse than the baseline by over 0.005
 * @param completion those of the calls that completed a configuration after the race
 * @param early the share of plays that ended because the winner was known, not because the budget
 *     was spent, with at least a tenth of it unspent
 */
record Played(
    double calls, double paid, double score, double notWorse, double completion, double early) {
  private static final double SLACK = 0.005;

  static Played of(CallMeter meter, double score) {
    Landscape surface = meter.landscape();
    boolean fine = score >= surface.trueScore(surface.baseline()) - SLACK;
    return new Played(meter.calls(), meter.paid(), score, fine ? 1 : 0, 0, 0);
  }

  /** A copy that says how a race ended. */
  Played ended(int completionCalls, boolean stoppedEarly) {
    return new Played(calls, paid, score, notWorse, completionCalls, stoppedEarly ? 1 : 0);
  }

  static Played mean(List<Played> plays) {
    return new Played(
        mean(plays, Played::calls),
        mean(plays, Played::paid),
        mean(plays, Played::score),
        mean(plays, Played::notWorse),
        mean(plays, Played::completion),
        mean(plays, Played::early));
  }

  private static double mean(List<Played> plays, ToDoubleFunction<Played> value) {
    return plays.stream().mapToDouble(value).average().orElse(0);
  }
}
