package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.optimize.search.racing.model.ExampleOrder;

/** What a race may cost, in evaluations of one configuration on one example. */
final class RacingBudget {
  private final SearchBudget limits;
  private final RacingSettings settings;
  private final int examples;
  private final boolean wholeValset;
  private long allowed;
  private long spent;
  private long atStart;
  private double scheduled;

  RacingBudget(SearchBudget limits, RacingSettings settings, int examples) {
    this.wholeValset = isWhole(limits, settings);
    this.limits = limits;
    this.settings = settings;
    this.examples = examples;
    this.scheduled = sampled(limits.trials(), true);
    this.allowed = Math.round(settings.budgetFraction() * scheduled);
  }

  /** Whether a race completes baseline and leader: asked for by its settings or by the budget. */
  static boolean isWhole(SearchBudget limits, RacingSettings settings) {
    return settings.wholeValset() || limits.wholeValset();
  }

  /** What a sampled schedule would evaluate with all trials so far. */
  double scheduled() {
    return scheduled;
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

  /** More trials add their share, even where earlier ones took more than theirs. */
  void extend(int moreTrials) {
    allowed = Math.max(allowed, spent);
    atStart = spent;
    double more = sampled(moreTrials, false);
    scheduled += more;
    allowed += Math.round(settings.budgetFraction() * more);
  }

  void spend(int evaluations) {
    spent += evaluations;
  }

  /**
   * How many examples the race may still evaluate, so that what is left completes leader and
   * baseline; 0 if it must end. The race has half of the budget at least.
   */
  long forRace(int completions) {
    long half = (allowed - atStart) / 2;
    long reserve = wholeValset ? Math.min(completions, half) : 0;
    return left((int) reserve);
  }

  /** Whether an evaluation of a number of examples is within the budget. */
  boolean affords(int evaluations) {
    return spent + evaluations <= allowed;
  }

  /** What is left for the race once a number of examples is set aside; not under 0. */
  long left(int setAside) {
    return Math.max(0, allowed - spent - setAside);
  }

  /**
   * The most evaluations of a race, on distinct pairs of configuration and example. Each round may
   * end in a block that its share does not hold in full, and complete a leader beyond its share;
   * the baseline is completed once.
   */
  static long most(RacingSettings settings, SearchExtent extent) {
    int examples = extent.exampleCount();
    int rounds = extent.rounds();
    long shares =
        (long) Math.ceil(settings.budgetFraction() * extent.scheduledEvaluations()) + rounds;
    long ends = (long) rounds * ExampleOrder.blockSize(examples, settings.blockSize());
    long completions = isWhole(extent.budget(), settings) ? (rounds + 1L) * examples : 0;
    return shares + ends + completions;
  }

  /** The number of blocks in a row that patience allows without another leader; 0 for no limit. */
  int patientBlocks() {
    Integer minibatch = limits.minibatchSize();
    double perTrial = minibatch == null ? examples : Math.min(minibatch, examples);
    return (int)
        Math.ceil(
            limits.patience() * perTrial / ExampleOrder.blockSize(examples, settings.blockSize()));
  }
}
