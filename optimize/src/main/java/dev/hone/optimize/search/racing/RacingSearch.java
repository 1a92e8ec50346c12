package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Racing: small blocks of examples, in one common order, go to the configurations that may be best.
 * Immutable; each setter returns a copy.
 *
 * <p>Defaults: blockSize 10, tolerance 0.02, confidence 0.8, budgetFraction 0.6, wholeValset true.
 * They suit most tasks; {@link #tolerance()} is the one to think about.
 *
 * <p>Card. What is known of a configuration is a posterior from a random-effects model of all
 * outcomes ({@code MixedModel}): configurations that share instructions or demo sets inform each
 * other, and the difficulty of examples cancels in comparisons, as all meet them in one order.
 * First every choice is met once; then each step gives a block to one configuration, or to {@code
 * trialsInFlight} of them, by top-two Thompson sampling. The race ends when the probability that
 * another configuration is better than the leader by more than the tolerance is at most 1 -
 * confidence; when the probability that the rest of the budget would show one that beats the
 * baseline by more than the tolerance is; or when the budget is spent. Then the baseline is
 * completed, and the leader, unless it too is unlikely to show such a lead. The leader is returned
 * unless the probability that it is worse than the baseline is over 1 - confidence; an exact tie of
 * full means goes to the baseline, else to the shorter prompt. Probabilities are the model's own
 * estimates, widened.
 *
 * <p>Cost: at most {@code budgetFraction} of (1 + rounds) · valset + trials · minibatch
 * evaluations, where rounds = trials / fullEvaluationSteps · fullEvaluationTop, rounded up; but at
 * least what it takes to complete leader and baseline, and a race that costs half the budget
 * ({@link #mostEvaluations}). Less where nothing beats the baseline: it usually ends then, and
 * completes the baseline alone. Deterministic by the generator, the scores and {@code
 * trialsInFlight}. With 1,000 configurations and 20,000 outcomes a step takes some milliseconds.
 *
 * <p>Sources: Henderson 1975 (best linear unbiased prediction), Russo 2016 (top-two Thompson
 * sampling). See {@code docs/algorithms/racing.md}.
 */
public final class RacingSearch implements Search {
  private final RacingSettings settings;

  /** A race with default settings, as {@link #defaults()}. */
  public RacingSearch() {
    this(RacingSettings.DEFAULTS);
  }

  RacingSearch(RacingSettings settings) {
    this.settings = settings;
  }

  /** A race with the settings that the quality benchmarks recommend. */
  public static RacingSearch defaults() {
    return new RacingSearch();
  }

  /** The examples given to a configuration at a time. */
  public int blockSize() {
    return settings.blockSize();
  }

  /**
   * A copy with another block size, at least 1; larger blocks cost more before a poor configuration
   * is dropped, smaller ones make more steps.
   */
  public RacingSearch blockSize(int examples) {
    return new RacingSearch(settings.withBlockSize(examples));
  }

  /** The loss of score that does not matter, in units of the score. */
  public double tolerance() {
    return settings.tolerance();
  }

  /** A copy with another tolerance, at least 0. */
  public RacingSearch tolerance(double loss) {
    return new RacingSearch(settings.withTolerance(loss));
  }

  /**
   * The race ends when the probability that another configuration is better by more than the
   * tolerance has fallen to 1 - confidence, or the probability that the rest of the budget would
   * show one that beats the baseline by as much. Probabilities are estimates of the race's own
   * model; {@code docs/algorithms/racing.md} has what was measured of them.
   */
  public double confidence() {
    return settings.confidence();
  }

  /** A copy with another confidence, at least 0.5 and under 1. */
  public RacingSearch confidence(double probability) {
    return new RacingSearch(settings.withConfidence(probability));
  }

  /**
   * The most that may be spent, as a fraction of the evaluations that {@code Search.tpe()} would
   * make under the same budget, completions included.
   */
  public double budgetFraction() {
    return settings.budgetFraction();
  }

  /** A copy with another share of the budget, over 0. */
  public RacingSearch budgetFraction(double fraction) {
    return new RacingSearch(settings.withBudgetFraction(fraction));
  }

  /**
   * Whether the baseline, and a winner that may beat it by more than the tolerance, are evaluated
   * on the whole validation set at the end; otherwise the winner is returned on what the race knows
   * of it.
   */
  public boolean wholeValset() {
    return settings.wholeValset();
  }

  /** A copy that does or does not complete winner and baseline. */
  public RacingSearch wholeValset(boolean whole) {
    return new RacingSearch(settings.withWholeValset(whole));
  }

  @Override
  public String name() {
    return "racing";
  }

  @Override
  public ObjectNode toJson() {
    return Search.super
        .toJson()
        .put("blockSize", settings.blockSize())
        .put("tolerance", settings.tolerance())
        .put("confidence", settings.confidence())
        .put("budgetFraction", settings.budgetFraction())
        .put("wholeValset", settings.wholeValset());
  }

  /** A race evaluates in blocks of its own, and completes at its end. */
  @Override
  public Set<String> settingsOfBudgetOnly() {
    return Set.of("minibatch", "minibatchSize", "fullEvaluationSteps", "fullEvaluationTop");
  }

  /** As if all that is given in blocks were asked for again by a completion, if not memoized. */
  @Override
  public long mostEvaluations(SearchExtent extent) {
    long most = RacingBudget.most(settings, extent);
    return extent.memoized() ? most : 2 * most;
  }

  @Override
  public boolean extensible() {
    return true;
  }

  @Override
  public SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random) {
    return new RacingRun(settings, problem, budget, random);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RacingSearch search && settings.equals(search.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return toJson().toString();
  }
}
