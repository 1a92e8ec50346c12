package dev.hone.optimize.search.racing;

import dev.hone.InvalidInputException;

/**
 * How a race is run. The defaults suit most tasks; {@code tolerance} is the one to think about.
 *
 * <p>Defaults: blockSize 10, tolerance 0.02, confidence 0.8, budgetFraction 0.6, wholeValset true.
 *
 * @param blockSize examples given to a configuration at a time, at least 1; larger ones cost more
 *     before a poor configuration is dropped, smaller ones make more steps
 * @param tolerance the loss of score that does not matter, at least 0, in units of the score
 * @param confidence the race ends when the chance that another configuration is better by more than
 *     the tolerance has fallen to 1 - confidence, or the chance that the rest of the budget would
 *     show one that beats the baseline by so much; between 0.5 and 1. Chances are estimates of the
 *     race's own model; {@code docs/algorithms/racing.md} has what was measured of them
 * @param budgetFraction the most that may be spent, as a fraction of the evaluations that {@code
 *     Search.tpe()} would make under the same budget, completions included; over 0
 * @param wholeValset whether the baseline, and a winner that may beat it by more than the
 *     tolerance, are evaluated on the whole validation set at the end; false to return the winner
 *     on what the race knows of it
 */
public record RacingSettings(
    int blockSize,
    double tolerance,
    double confidence,
    double budgetFraction,
    boolean wholeValset) {
  /** Checks the ranges. */
  public RacingSettings {
    require(blockSize >= 1, "blockSize (%s) is less than 1", blockSize, "use 10");
    require(tolerance >= 0, "tolerance (%s) is negative", tolerance, "use 0.02");
    require(
        confidence >= 0.5 && confidence < 1,
        "confidence (%s) is not between 0.5 and 1",
        confidence,
        "use 0.8");
    require(budgetFraction > 0, "budgetFraction (%s) is not over 0", budgetFraction, "use 0.6");
  }

  /** The settings that the quality benchmarks recommend. */
  public static RacingSettings defaults() {
    return new RacingSettings(10, 0.02, 0.8, 0.6, true);
  }

  /** A copy with another block size. */
  public RacingSettings withBlockSize(int examples) {
    return new RacingSettings(examples, tolerance, confidence, budgetFraction, wholeValset);
  }

  /** A copy with another tolerance. */
  public RacingSettings withTolerance(double loss) {
    return new RacingSettings(blockSize, loss, confidence, budgetFraction, wholeValset);
  }

  /** A copy with another confidence. */
  public RacingSettings withConfidence(double chance) {
    return new RacingSettings(blockSize, tolerance, chance, budgetFraction, wholeValset);
  }

  /** A copy with another share of the budget. */
  public RacingSettings withBudgetFraction(double fraction) {
    return new RacingSettings(blockSize, tolerance, confidence, fraction, wholeValset);
  }

  /** A copy that does or does not complete winner and baseline. */
  public RacingSettings withWholeValset(boolean whole) {
    return new RacingSettings(blockSize, tolerance, confidence, budgetFraction, whole);
  }

  private static void require(boolean holds, String problem, Object value, String fix) {
    if (!holds) {
      throw InvalidInputException.of(problem.formatted(value), fix);
    }
  }
}
