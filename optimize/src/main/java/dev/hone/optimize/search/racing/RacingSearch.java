package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchExtent;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Racing: small blocks of examples, in one common order, go to the configurations of which more
 * outcomes are worth most. Immutable; each setter returns a copy.
 *
 * <p>Defaults: blocks of 10 examples, or of a sixth of the validation set where that is less, at
 * least 5; the worth of a point by the budget; budgetFraction 0.34; wholeValset false.
 *
 * <p>Card. What is known of a configuration is a posterior from a random-effects model of all
 * outcomes ({@code MixedModel}): configurations that share instructions or demo sets inform each
 * other, and the difficulty of examples cancels in comparisons, as all meet them in one order. Each
 * step gives a block to one configuration, or to {@code trialsInFlight} of them: to those whose
 * next outcomes promise the highest gain of the score of what is returned for their price in tokens
 * ({@code KnowledgeGradient}). The race ends when no more outcomes gain what they cost, or when the
 * budget is spent. The configuration of the highest prediction is returned; of those that are
 * complete with exactly the same mean the baseline, else the cheaper.
 *
 * <p>Cost: at most {@code budgetFraction} of (1 + rounds) · valset + trials · minibatch
 * evaluations, where rounds = trials / fullEvaluationSteps · fullEvaluationTop, rounded up, and
 * what it takes to complete leader and baseline where that is asked for ({@link #mostEvaluations}).
 * Usually less. Deterministic by the generator, the scores and {@code trialsInFlight}. With 1,000
 * configurations and 20,000 outcomes a step takes some milliseconds.
 *
 * <p>Sources: Henderson 1975 (best linear unbiased prediction), Frazier, Powell and Dayanik 2009
 * (the knowledge gradient for correlated normal beliefs). See {@code docs/algorithms/racing.md}.
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

  /** The examples given to a configuration at a time; empty for a number by the validation set. */
  public OptionalInt blockSize() {
    return settings.blockSize() == null
        ? OptionalInt.empty()
        : OptionalInt.of(settings.blockSize());
  }

  /**
   * A copy with another block size, at least 1; larger blocks cost more before a poor configuration
   * is dropped, smaller ones make more steps. Raised where there would be over 100 blocks.
   */
  public RacingSearch blockSize(int examples) {
    return new RacingSearch(settings.withBlockSize(examples));
  }

  /** The gain that a thousand tokens must promise; empty for what follows from the budget. */
  public OptionalDouble pointsPerThousandTokens() {
    return settings.pointsPerThousandTokens() == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(settings.pointsPerThousandTokens());
  }

  /**
   * A copy that ends when a thousand tokens more are expected to gain less than a number of points,
   * a point being 0.01 of the score; at least 0, which spends the budget. With 0.01, 100,000 tokens
   * must promise a point. By default a fifth of what the sampled schedule of {@code Search.tpe()}
   * would cost under the same budget must promise one.
   */
  public RacingSearch pointsPerThousandTokens(double points) {
    return new RacingSearch(settings.withPointsPerThousandTokens(points));
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
   * Whether the baseline and the leader are evaluated on the whole validation set at the end.
   * Otherwise the leader is returned on what the race knows of it. It is done all the same where
   * the choice at the end needs it ({@link dev.hone.optimize.search.SearchBudget#wholeValset()}).
   */
  public boolean wholeValset() {
    return settings.wholeValset();
  }

  /** A copy that does or does not complete leader and baseline. */
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
        .put("pointsPerThousandTokens", settings.pointsPerThousandTokens())
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
  public long leastEvaluations(SearchExtent extent) {
    int examples = extent.exampleCount();
    return RacingBudget.isWhole(extent.budget(), settings)
        ? 2L * examples
        : 2L * ExampleOrder.blockSize(examples, settings.blockSize());
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
