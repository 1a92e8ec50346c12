package dev.hone.optimize.search;

import dev.hone.SettingCheck;

/**
 * How large a run may become, as far as that is known before it starts: what the most that a search
 * costs is computed from. Immutable; each setter returns a copy.
 *
 * <p>Defaults: one round, memoized.
 */
public final class SearchExtent {
  private final SearchBudget budget;
  private final int exampleCount;
  private final int rounds;
  private final boolean memoized;

  private SearchExtent(SearchBudget budget, int exampleCount, int rounds, boolean memoized) {
    this.budget = budget;
    this.exampleCount = exampleCount;
    this.rounds = rounds;
    this.memoized = memoized;
  }

  /**
   * The extent of a run.
   *
   * @param budget with the trials of all rounds together
   * @param exampleCount the size of the validation set
   */
  public static SearchExtent of(SearchBudget budget, int exampleCount) {
    return new SearchExtent(budget, exampleCount, 1, true);
  }

  /** The budget, with the trials of all rounds together. */
  public SearchBudget budget() {
    return budget;
  }

  /** The size of the validation set. */
  public int exampleCount() {
    return exampleCount;
  }

  /** 1, and 1 more for each time that the run will be extended. */
  public int rounds() {
    return rounds;
  }

  /** A copy with another number of rounds, at least 1. */
  public SearchExtent rounds(int rounds) {
    SettingCheck.atLeast("rounds", rounds, 1);
    return new SearchExtent(budget, exampleCount, rounds, memoized);
  }

  /**
   * Whether a pair of configuration and example is evaluated once only, however often it is asked
   * for.
   */
  public boolean memoized() {
    return memoized;
  }

  /** A copy that is, or is not, memoized. */
  public SearchExtent memoized(boolean memoized) {
    return new SearchExtent(budget, exampleCount, rounds, memoized);
  }

  /** The evaluations of the baseline and of all trials, each on the whole validation set. */
  public long fullEvaluations() {
    return (budget.trials() + 1L) * exampleCount;
  }

  /**
   * The most evaluations of a configuration on an example that the schedule of TPE and random
   * search makes, if each of them gives a score: trials and full evaluations, the baseline's
   * included.
   */
  public long scheduledEvaluations() {
    Integer minibatch = budget.minibatchSize();
    if (minibatch == null) {
      return fullEvaluations();
    }
    long promotions = budget.trials() / budget.fullEvaluationSteps() + (long) rounds;
    long full = 1 + promotions * budget.fullEvaluationTop();
    return (long) budget.trials() * minibatch + full * exampleCount;
  }
}
