package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Racing: small blocks of examples, in one common order, go to the configurations that may be best.
 *
 * <p>Card. What is known of a configuration is a posterior from a random-effects model of all
 * outcomes ({@code MixedModel}): configurations that share instructions or demo sets inform each
 * other, and the difficulty of examples cancels in comparisons, as all meet them in one order.
 * First every choice is met once; then each step gives a block to one configuration, or to {@code
 * trialsInFlight} of them, by top-two Thompson sampling. The race ends when the chance that another
 * configuration is better than the leader by more than the tolerance is at most 1 - confidence;
 * when the chance that the rest of the budget would show one that beats the baseline by more than
 * the tolerance is; or when the budget is spent. Then the baseline is completed, and the leader,
 * unless it too is unlikely to show such a lead. The leader is returned unless the chance that it
 * is worse than the baseline is over 1 - confidence; an exact tie of full means goes to the
 * baseline, else to the shorter prompt. Chances are the model's own estimates, widened.
 *
 * <p>Cost: at most {@code budgetFraction} of (1 + rounds) · valset + trials · minibatch
 * evaluations, where rounds = trials / fullEvaluationSteps · fullEvaluationTop, rounded up; but at
 * least what it takes to complete leader and baseline, and a race that costs half the budget
 * ({@link #mostEvaluations}). Less where nothing beats the baseline: it usually ends then, and
 * completes the baseline alone. Deterministic by the source of chance, the scores and {@code
 * trialsInFlight}. With 1,000 configurations and 20,000 outcomes a step takes some milliseconds.
 *
 * <p>Sources: Henderson 1975 (best linear unbiased prediction), Russo 2016 (top-two Thompson
 * sampling). See {@code docs/algorithms/racing.md}.
 *
 * @param settings how the race is run
 */
public record RacingSearch(RacingSettings settings) implements Search {
  /** A race with {@link RacingSettings#defaults()}. */
  public RacingSearch() {
    this(RacingSettings.defaults());
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
  public long mostEvaluations(long scheduled, int examples, int rounds, boolean memoized) {
    long most = RacingBudget.most(settings, scheduled, examples, rounds);
    return memoized ? most : 2 * most;
  }

  @Override
  public SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random) {
    return new RacingRun(settings, problem, budget, random);
  }
}
