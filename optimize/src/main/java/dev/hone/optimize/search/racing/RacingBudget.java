package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.SearchBudget;

/** What a race may cost, in evaluations of one configuration on one example. */
final class RacingBudget {
  private final SearchBudget limits;
  private final RacingSettings settings;
  private final int examples;
  private long allowed;
  private long spent;

  RacingBudget(SearchBudget limits, RacingSettings settings, int examples) {
    this.limits = limits;
    this.settings = settings;
    this.examples = examples;
    this.allowed = Math.round(settings.budgetFraction() * sampled(limits.trials(), true));
  }

  /** What a sampled schedule would evaluate: its trials and its full evaluations. */
  private double sampled(int trials, boolean baseline) {
    Integer minibatch = limits.minibatchSize();
    if (minibatch == null || minibatch >= examples) {
      return (double) examples * (trials + (baseline ? 1 : 0));
    }
    int rounds = (trials + limits.fullEvaluationSteps() - 1) / limits.fullEvaluationSteps();
    double full = (double) rounds * limits.fullEvaluationTop() + (baseline ? 1 : 0);
    return (double) trials * minibatch + full * examples;
  }

  void extend(int moreTrials) {
    allowed += Math.round(settings.budgetFraction() * sampled(moreTrials, false));
  }

  void spend(int evaluations) {
    spent += evaluations;
  }

  /**
   * Whether the race must end, so that what is left completes leader and baseline. The race has
   * half of the budget at least.
   */
  boolean spentUp(int completions) {
    long reserve = settings.wholeValset() ? Math.min(completions, allowed / 2) : 0;
    return spent + reserve >= allowed;
  }

  /** Whether an evaluation of so many examples is within the budget. */
  boolean affords(int evaluations) {
    return spent + evaluations <= allowed;
  }

  /** What is left for the race once so many examples are set aside; not under 0. */
  long left(int setAside) {
    return Math.max(0, allowed - spent - setAside);
  }

  /** The number of blocks in a row that patience allows without another leader; 0 for no limit. */
  int patientBlocks() {
    Integer minibatch = limits.minibatchSize();
    double perTrial = minibatch == null ? examples : Math.min(minibatch, examples);
    return (int) Math.ceil(limits.patience() * perTrial / settings.blockSize());
  }
}
