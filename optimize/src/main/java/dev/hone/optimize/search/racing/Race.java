package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest.Choice;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.racing.model.Arm;
import dev.hone.optimize.search.racing.model.BetweenVarianceEstimator;
import dev.hone.optimize.search.racing.model.Effects;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import dev.hone.optimize.search.racing.model.KnowledgeGradient;
import dev.hone.optimize.search.racing.model.MixedModel;
import dev.hone.optimize.search.racing.model.Posterior;
import dev.hone.optimize.search.racing.model.PosteriorDraws;
import dev.hone.optimize.search.racing.model.Variances;
import dev.hone.optimize.search.racing.model.WithinVarianceEstimator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a race and the model of their scores. The next block goes to the configuration
 * of which more outcomes promise the highest gain for their price.
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
  private final RunPrice price;
  private final Configuration baseline;
  private final boolean baselinePaces;
  private final RandomGenerator random;
  private SearchSpace space;
  private Effects effects;
  private CandidatePool pool;
  private BetweenVarianceEstimator between;
  private List<Arm> tried = List.of();
  private final Map<Configuration, Integer> places = new HashMap<>();
  private long drawSeed;
  private @Nullable Variances variances;
  private @Nullable Posterior posterior;
  private @Nullable PosteriorDraws draws;
  private @Nullable List<Worth.Offer> offers;
  private long offersWithin;

  /**
   * A race without outcomes.
   *
   * @param baselinePaces whether the baseline is given every block that any is given, since it will
   *     be evaluated on all of them anyway
   */
  Race(SearchProblem problem, ExampleOrder order, boolean baselinePaces, RandomGenerator random) {
    this.price = new RunPrice(problem);
    this.space = problem.space();
    this.order = order;
    this.baseline = problem.baseline();
    this.baselinePaces = baselinePaces;
    this.random = random;
    this.effects = new Effects(space);
    this.pool = new CandidatePool(space, effects, order);
    this.between = new BetweenVarianceEstimator(effects);
  }

  /** Takes a larger space; all outcomes are kept, the variances between are learnt anew. */
  void extend(SearchSpace larger) {
    space = larger;
    effects = new Effects(space);
    pool = new CandidatePool(space, effects, order, pool);
    between = new BetweenVarianceEstimator(effects);
    variances = null;
    learn();
  }

  RunPrice price() {
    return price;
  }

  CandidatePool pool() {
    return pool;
  }

  /** Fits the model to the outcomes so far. */
  void learn() {
    draws = null;
    offers = null;
    posterior = null;
    drawSeed = random.nextLong();
    tried = pool.withOutcomes();
    places.clear();
    tried.forEach(arm -> places.put(arm.configuration(), places.size()));
    if (!tried.isEmpty()) {
      Posterior fitted =
          new MixedModel(effects, order, startingVariances(), tried, baseline).solve();
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

  /**
   * The next configurations to be given a block, each once; empty when none is worth one.
   *
   * @param count how many at most
   * @param examples how many may be evaluated
   */
  List<Pick> pick(int count, long examples) {
    List<Pick> picks = new ArrayList<>();
    Arm first = pool.arm(baseline);
    int frontier = pool.arms().stream().mapToInt(Arm::asked).max().orElse(0);
    if (first.asked() == 0 || baselinePaces && first.asked() < frontier) {
      picks.add(new Pick(first, Choice.BASELINE));
    }
    if (posterior == null) {
      unguided(count, picks);
    } else {
      guided(count, examples, picks);
    }
    return picks;
  }

  /** While no score is known: configurations that share as little as possible. */
  private void unguided(int count, List<Pick> picks) {
    Optional<Configuration> uncovered = pool.uncovered(random);
    while (picks.size() < count && uncovered.isPresent()) {
      picks.add(new Pick(pool.arm(uncovered.get()), Choice.RANDOM));
      uncovered = pool.uncovered(random);
    }
    Arm first = pool.arm(baseline);
    if (picks.isEmpty() && !first.exhausted()) {
      picks.add(new Pick(first, Choice.BASELINE));
    }
  }

  private void guided(int count, long examples, List<Pick> picks) {
    for (Worth.Offer offer : offers(examples)) {
      if (picks.size() == count) {
        return;
      }
      Arm arm = pool.arm(offer.configuration());
      if (picks.stream().noneMatch(pick -> pick.arm() == arm)) {
        picks.add(new Pick(arm, Choice.GUIDED));
      }
    }
  }

  /**
   * What more blocks of each contender are worth, the best rate first; empty before any outcome.
   * Asked for twice in a step, for the stop and for the next blocks, and made once.
   *
   * @param examples how many may be evaluated
   */
  List<Worth.Offer> offers(long examples) {
    Posterior known = posterior;
    if (known == null) {
      return List.of();
    }
    List<Worth.Offer> made = offers;
    if (made == null || offersWithin != examples) {
      made = makeOffers(known, examples);
      offers = made;
      offersWithin = examples;
    }
    return made;
  }

  private List<Worth.Offer> makeOffers(Posterior known, long examples) {
    List<Configuration> contenders = draws().contenders();
    KnowledgeGradient gradient = new KnowledgeGradient(known);
    for (Configuration contender : contenders) {
      Integer place = places.get(contender);
      if (place == null) {
        gradient.addUntried(effects.of(contender));
      } else {
        gradient.addTried(place);
      }
    }
    return new Worth(gradient, order, configuration -> price.of(configuration, space))
        .offers(contenders, pool::asked, examples);
  }

  /** The draws of this step: the same whoever asks for them first, and if nobody does. */
  private PosteriorDraws draws() {
    PosteriorDraws current = draws;
    if (current == null) {
      Posterior known = Objects.requireNonNull(posterior);
      RandomGenerator own = new SplittableRandom(drawSeed);
      List<Configuration> untried = pool.untried(known, leader().configuration(), own);
      current = new PosteriorDraws(tried, untried, effects, known, own);
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

  /** The examples that leader and baseline lack. */
  int toComplete() {
    Arm leader = leader();
    Arm first = pool.arm(baseline);
    return leader.unasked() + (leader == first ? 0 : first.unasked());
  }

  /**
   * By how much the best of all candidates is expected to be better than the one that is returned;
   * NaN if that has no outcomes.
   */
  double expectedLoss(Arm returned) {
    return places.containsKey(returned.configuration())
        ? draws().expectedLoss() + prediction(leader()) - prediction(returned)
        : Double.NaN;
  }

  /** The probability that one configuration is worse than another; 1 if either has no outcomes. */
  double probabilityOfWorse(Arm one, Arm other) {
    Integer i = places.get(one.configuration());
    Integer j = places.get(other.configuration());
    return posterior == null || i == null || j == null
        ? 1
        : posterior.probabilityOfWorse(i, j, KnowledgeGradient.WIDENING);
  }

  /** What is predicted of a configuration; less than anything if it has no outcomes. */
  double prediction(Arm arm) {
    Integer place = places.get(arm.configuration());
    return posterior == null || place == null
        ? Double.NEGATIVE_INFINITY
        : posterior.meanOfTried(place);
  }
}
