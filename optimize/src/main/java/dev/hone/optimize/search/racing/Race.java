package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Ask.Choice;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The field of a race and what is believed of it. Every choice of every dimension is met once, in
 * configurations that share as few choices as possible; then top-two Thompson sampling decides.
 */
final class Race {
  /**
   * Who runs next.
   *
   * @param runner the configuration
   * @param choice how it was chosen
   */
  record Pick(Runner runner, Choice choice) {}

  private final ExampleOrder order;
  private final Configuration baseline;
  private final boolean baselinePaces;
  private final RandomGenerator random;
  private Effects effects;
  private Field field;
  private BetweenVariances between;
  private @Nullable Variances variances;
  private @Nullable Posterior posterior;
  private @Nullable Forecast forecast;

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
    this.field = new Field(space, effects, order);
    this.between = new BetweenVariances(effects);
  }

  /** Takes a larger space; all outcomes are kept. */
  void extend(SearchSpace space) {
    effects = new Effects(space);
    field = new Field(space, effects, order, field);
    between = new BetweenVariances(effects);
    variances = null;
    learn();
  }

  Field field() {
    return field;
  }

  /** Fits the model to the outcomes so far. */
  void learn() {
    List<Runner> tried = field.withOutcomes();
    forecast = null;
    posterior = null;
    if (tried.isEmpty()) {
      return;
    }
    WithinMoments within = WithinMoments.of(tried, order);
    Variances before = variances;
    double scale = within.scale();
    Variances now =
        new Variances(
            scale,
            within.noise(),
            within.difficulty(),
            before == null ? between.priorEffects(scale) : before.effects(),
            before == null ? between.priorInteraction(scale) : before.interaction());
    posterior = new MixedModel(effects, order, now, tried).solve();
    variances = between.step(posterior);
  }

  /** Whether every choice was asked for. */
  boolean covered() {
    return field.uncovered(random).isEmpty();
  }

  /** The next configurations to be given a block, each once; empty when none has blocks left. */
  List<Pick> pick(int count) {
    List<Pick> picks = new ArrayList<>();
    if (field.runners().isEmpty()) {
      picks.add(new Pick(field.runner(baseline), Choice.BASELINE));
    }
    while (picks.size() < count) {
      Optional<Configuration> uncovered = field.uncovered(random);
      if (uncovered.isEmpty()) {
        break;
      }
      picks.add(new Pick(field.runner(uncovered.get()), Choice.RANDOM));
    }
    if (picks.isEmpty() && baselinePaces) {
      Runner base = field.runner(baseline);
      int frontier = field.runners().stream().mapToInt(Runner::asked).max().orElse(0);
      if (base.asked() < frontier) {
        picks.add(new Pick(base, Choice.BASELINE));
      }
    }
    if (picks.size() < count && posterior != null) {
      guided(count, picks);
    }
    return picks;
  }

  private void guided(int count, List<Pick> picks) {
    List<Configuration> votes = new ArrayList<>(forecast().votes());
    if (votes.size() > 1 && random.nextBoolean()) {
      votes.add(0, votes.remove(1));
    }
    for (Configuration vote : votes) {
      Runner runner = field.runner(vote);
      boolean picked = picks.stream().anyMatch(pick -> pick.runner() == runner);
      if (picks.size() < count && !picked && !runner.exhausted()) {
        picks.add(new Pick(runner, Choice.GUIDED));
      }
    }
  }

  private Forecast forecast() {
    Forecast current = forecast;
    if (current == null) {
      List<Runner> tried = field.withOutcomes();
      Posterior known = java.util.Objects.requireNonNull(posterior);
      Configuration leader = tried.get(Forecast.leader(tried.size(), known)).configuration();
      current =
          new Forecast(
              tried, field.untried(known, leader, random), effects, known, random);
      forecast = current;
    }
    return current;
  }

  /** Whether anything is known. */
  boolean begun() {
    return posterior != null;
  }

  /** The configuration of the highest prediction. */
  Runner leader() {
    List<Runner> tried = field.withOutcomes();
    return posterior == null ? field.runner(baseline) : tried.get(Forecast.leader(tried.size(), posterior));
  }

  /** The chance that another configuration is better than the leader by more than a tolerance. */
  double chanceOfBetter(double tolerance) {
    return forecast().chanceOfBetter(tolerance);
  }

  /** The chance that one configuration with outcomes is worse than another by over a tolerance. */
  double chanceOfWorse(Runner one, Runner other, double tolerance) {
    List<Runner> tried = field.withOutcomes();
    int i = tried.indexOf(one);
    int j = tried.indexOf(other);
    if (posterior == null || i < 0 || j < 0) {
      return 1;
    }
    return posterior.chanceOfWorse(i, j, tolerance);
  }

  /** Every configuration's prediction, in the order of {@link Field#withOutcomes()}. */
  double prediction(Runner runner) {
    int place = field.withOutcomes().indexOf(runner);
    return posterior == null || place < 0 ? Double.NEGATIVE_INFINITY : posterior.meanOfTried(place);
  }
}
