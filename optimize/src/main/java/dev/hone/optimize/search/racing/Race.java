package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest.Choice;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.BetweenVarianceEstimator;
import dev.hone.optimize.search.racing.model.Effects;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import dev.hone.optimize.search.racing.model.MixedModel;
import dev.hone.optimize.search.racing.model.Posterior;
import dev.hone.optimize.search.racing.model.PosteriorDraws;
import dev.hone.optimize.search.racing.model.Variances;
import dev.hone.optimize.search.racing.model.WithinVarianceEstimator;
import dev.hone.stats.NormalDistribution;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a race and the model of their scores. Every choice of every dimension is met
 * once, in configurations that share as few choices as possible; then top-two Thompson sampling
 * decides.
 */
final class Race {
  /**
   * What is given a block next.
   *
   * @param arm the configuration
   * @param choice how it was chosen
   */
  record Pick(Arm arm, Choice choice) {}

  private final ExampleOrder order;
  private final Configuration baseline;
  private final boolean baselinePaces;
  private final RandomGenerator random;
  private Effects effects;
  private CandidatePool pool;
  private BetweenVarianceEstimator between;
  private List<Arm> tried = List.of();
  private final Map<Arm, Integer> places = new IdentityHashMap<>();
  private @Nullable Variances variances;
  private @Nullable Posterior posterior;
  private @Nullable PosteriorDraws draws;

  /**
   * A race without outcomes.
   *
   * @param baselinePaces whether the baseline is given every block that any is given, since it will
   *     be evaluated on all of them anyway
   */
  Race(
      SearchSpace space,
      ExampleOrder order,
      Configuration baseline,
      boolean baselinePaces,
      RandomGenerator random) {
    this.order = order;
    this.baseline = baseline;
    this.baselinePaces = baselinePaces;
    this.random = random;
    this.effects = new Effects(space);
    this.pool = new CandidatePool(space, effects, order);
    this.between = new BetweenVarianceEstimator(effects);
  }

  /** Takes a larger space; all outcomes are kept, the variances between are learnt anew. */
  void extend(SearchSpace space) {
    effects = new Effects(space);
    pool = new CandidatePool(space, effects, order, pool);
    between = new BetweenVarianceEstimator(effects);
    variances = null;
    learn();
  }

  CandidatePool pool() {
    return pool;
  }

  /** Fits the model to the outcomes so far. */
  void learn() {
    draws = null;
    posterior = null;
    tried = pool.withOutcomes();
    places.clear();
    tried.forEach(arm -> places.put(arm, places.size()));
    if (!tried.isEmpty()) {
      Posterior fitted = new MixedModel(effects, order, startingVariances(), tried).solve();
      variances = between.step(fitted);
      posterior = fitted;
    }
  }

  private Variances startingVariances() {
    WithinVarianceEstimator within = WithinVarianceEstimator.of(tried, order);
    double scale = within.scale();
    Variances before = variances;
    return new Variances(
        scale,
        within.noise(),
        within.difficulty(),
        before == null ? between.priorEffects(scale) : before.effects(),
        before == null ? between.priorInteraction(scale) : before.interaction());
  }

  /** Whether there are outcomes to judge by, and every choice was asked for. */
  boolean underWay() {
    return posterior != null && pool.covered();
  }

  /** The next configurations to be given a block, each once; empty when none is worth one. */
  List<Pick> pick(int count) {
    List<Pick> picks = new ArrayList<>();
    Arm first = pool.arm(baseline);
    int frontier = pool.arms().stream().mapToInt(Arm::asked).max().orElse(0);
    if (first.asked() == 0 || baselinePaces && first.asked() < frontier) {
      picks.add(new Pick(first, Choice.BASELINE));
    }
    Optional<Configuration> uncovered = pool.uncovered(random);
    while (picks.size() < count && uncovered.isPresent()) {
      picks.add(new Pick(pool.arm(uncovered.get()), Choice.RANDOM));
      uncovered = pool.uncovered(random);
    }
    if (picks.size() < count && posterior != null) {
      guided(count, picks);
    }
    if (picks.isEmpty() && posterior == null && !first.exhausted()) {
      // No configuration has a score yet: there is nothing to judge by.
      picks.add(new Pick(first, Choice.BASELINE));
    }
    return picks;
  }

  private void guided(int count, List<Pick> picks) {
    List<Configuration> votes = new ArrayList<>(draws().votes());
    if (votes.size() > 1 && random.nextBoolean()) {
      votes.add(0, votes.remove(1));
    }
    for (Configuration vote : votes) {
      if (picks.size() == count) {
        return;
      }
      Arm arm = pool.arm(vote);
      if (!arm.exhausted() && picks.stream().noneMatch(pick -> pick.arm() == arm)) {
        picks.add(new Pick(arm, Choice.GUIDED));
      }
    }
  }

  private PosteriorDraws draws() {
    PosteriorDraws current = draws;
    if (current == null) {
      Posterior known = Objects.requireNonNull(posterior);
      List<Configuration> untried = pool.untried(known, leader().configuration(), random);
      current = new PosteriorDraws(tried, untried, effects, known, random);
      draws = current;
    }
    return current;
  }

  /** The configuration of the highest prediction; the baseline while there are no outcomes. */
  Arm leader() {
    return posterior == null
        ? pool.arm(baseline)
        : tried.get(PosteriorDraws.leader(tried.size(), posterior));
  }

  /** The examples that leader and baseline lack; 0 before every choice was asked for. */
  int toComplete() {
    Arm leader = leader();
    Arm first = pool.arm(baseline);
    return pool.covered() ? leader.unasked() + (leader == first ? 0 : first.unasked()) : 0;
  }

  /**
   * The probability that another configuration is better than the leader by more than a tolerance.
   */
  double probabilityOfBetter(double tolerance) {
    return draws().probabilityOfBetter(tolerance);
  }

  /** The probability that one configuration is worse than another; 1 if either has no outcomes. */
  double probabilityOfWorse(Arm one, Arm other) {
    return probabilityOfWorse(one, other, PosteriorDraws.WIDENING);
  }

  /** The same with the model's deviations multiplied by a factor. */
  double probabilityOfWorse(Arm one, Arm other, double widening) {
    Integer i = places.get(one);
    Integer j = places.get(other);
    return posterior == null || i == null || j == null
        ? 1
        : posterior.probabilityOfWorse(i, j, widening);
  }

  /**
   * The probability that a number of examples more, given to any configuration, would show one that
   * beats the baseline by more than a tolerance; 1 while nothing is known of the baseline.
   */
  double probabilityOfShowing(double examples, double tolerance) {
    Integer place = places.get(pool.arm(baseline));
    if (posterior == null || place == null) {
      return 1;
    }
    double noise = posterior.variances().noise();
    return draws()
        .probabilityOfShowing(place, i -> Math.min(examples, unasked(i)), noise, tolerance);
  }

  private int unasked(int place) {
    return place < tried.size() ? tried.get(place).unasked() : order.all().size();
  }

  /**
   * The probability that a configuration, once completed, is predicted to beat the baseline by more
   * than a tolerance; 1 while nothing is known of either.
   */
  double probabilityOfShowing(Arm arm, double tolerance) {
    Integer one = places.get(arm);
    Integer other = places.get(pool.arm(baseline));
    if (posterior == null || one == null || other == null) {
      return 1;
    }
    double variance = posterior.gapVariance(one, other);
    double shown =
        variance * PosteriorDraws.shown(variance, arm.unasked(), posterior.variances().noise());
    double over = prediction(arm) - prediction(pool.arm(baseline)) - tolerance;
    return NormalDistribution.probability(over / Math.sqrt(Math.max(shown, 1e-12)));
  }

  /** What is predicted of a configuration; less than anything if it has no outcomes. */
  double prediction(Arm arm) {
    Integer place = places.get(arm);
    return posterior == null || place == null
        ? Double.NEGATIVE_INFINITY
        : posterior.meanOfTried(place);
  }
}
