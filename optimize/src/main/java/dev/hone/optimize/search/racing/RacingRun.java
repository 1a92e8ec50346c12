package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Ask;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.optimize.search.Standing;
import dev.hone.optimize.search.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One race: first blocks to those who may be best, then winner and baseline to the end. */
final class RacingRun implements SearchRun {
  private static final int MOST_PROMOTIONS = 3;

  private enum Phase {
    RACE,
    COMPLETION,
    OVER
  }

  private final RacingSettings settings;
  private final SearchProblem problem;
  private final SearchBudget limits;
  private final RandomGenerator random;
  private final ExampleOrder order;
  private final RacingBudget budget;
  private SearchSpace space;
  private Race race;
  private int trials;
  private int promotions;
  private Phase phase = Phase.RACE;
  private int leaderBlocks;
  private @Nullable Configuration leaderBefore;
  private @Nullable Runner chosen;
  private FinishReason reason = FinishReason.RUNNING;

  RacingRun(
      RacingSettings settings,
      SearchProblem problem,
      SearchBudget limits,
      RandomGenerator random) {
    this.settings = settings;
    this.problem = problem;
    this.limits = limits;
    this.random = new SplittableRandom(random.nextLong());
    this.order = new ExampleOrder(problem.strata(), settings.blockSize(), this.random);
    this.budget = new RacingBudget(limits, settings, problem.exampleCount());
    this.space = problem.space();
    this.race =
        new Race(space, order, problem.baseline(), settings.wholeValset(), this.random);
  }

  @Override
  public List<Ask> ask() {
    List<Ask> asks = new ArrayList<>();
    if (phase == Phase.RACE && !ended()) {
      race.pick(limits.trialsInFlight()).forEach(pick -> asks.add(block(pick)));
      if (asks.isEmpty()) {
        end(FinishReason.CONFIDENT);
      }
    }
    if (phase == Phase.COMPLETION) {
      asks.addAll(completions());
      if (asks.isEmpty()) {
        phase = Phase.OVER;
        chosen = choose();
      }
    }
    return asks;
  }

  private boolean ended() {
    if (!race.begun()) {
      return false;
    }
    Runner leader = race.leader();
    Runner baseline = baseline();
    int completions = leader.unasked() + (leader == baseline ? 0 : baseline.unasked());
    leaderBlocks = leader.configuration().equals(leaderBefore) ? leaderBlocks : 0;
    leaderBefore = leader.configuration();
    if (budget.spentUp(completions)) {
      end(FinishReason.TRIALS_SPENT);
    } else if (limits.patience() > 0 && leaderBlocks > budget.patientBlocks()) {
      end(FinishReason.NO_IMPROVEMENT);
    } else if (confident(leader)) {
      end(FinishReason.CONFIDENT);
    }
    return phase != Phase.RACE;
  }

  private boolean confident(Runner leader) {
    return race.covered()
        && (leader.asked() > 1 || leader.exhausted())
        && race.chanceOfBetter(settings.tolerance()) <= 1 - settings.confidence();
  }

  private void end(FinishReason why) {
    phase = Phase.COMPLETION;
    reason = why;
  }

  private Ask block(Race.Pick pick) {
    leaderBlocks++;
    List<Integer> examples = pick.runner().nextBlock();
    budget.spend(examples.size());
    return new Ask(
        trials++,
        Ask.Kind.MINIBATCH,
        pick.runner().configuration(),
        examples,
        pick.choice());
  }

  /** What winner and baseline still lack; another winner may come of it, a few times. */
  private List<Ask> completions() {
    List<Ask> asks = new ArrayList<>();
    if (!settings.wholeValset()) {
      return asks;
    }
    Runner leader = race.leader();
    if (!baseline().complete()) {
      asks.add(full(baseline(), Ask.Choice.BASELINE));
    }
    if (leader != baseline()
        && !leader.complete()
        && (promotions == 0 || promotions < MOST_PROMOTIONS && budget.affords(leader.unasked()))) {
      promotions++;
      asks.add(full(leader, Ask.Choice.PROMOTED));
    }
    return asks;
  }

  private Ask full(Runner runner, Ask.Choice choice) {
    budget.spend(runner.unasked());
    runner.askAll();
    return new Ask(trials++, Ask.Kind.FULL, runner.configuration(), order.all(), choice);
  }

  private Runner baseline() {
    return race.field().runner(problem.baseline());
  }

  @Override
  public void tell(List<Told> results) {
    for (Told told : results) {
      Runner runner = race.field().runner(told.ask().configuration());
      for (int i = 0; i < told.scores().size(); i++) {
        runner.record(told.ask().examples().get(i), told.scores().get(i));
      }
      runner.settle();
    }
    race.learn();
  }

  @Override
  public void extend(SearchSpace larger, int moreTrials) {
    space = larger;
    budget.extend(moreTrials);
    race.extend(space);
    phase = Phase.RACE;
    reason = FinishReason.RUNNING;
    chosen = null;
  }

  /** The leader, unless it may be worse than the baseline. */
  private Runner choose() {
    Runner baseline = baseline();
    Runner best = baseline;
    for (Runner runner : race.field().withOutcomes()) {
      boolean eligible = runner.complete() || !settings.wholeValset();
      if (eligible && race.prediction(runner) > race.prediction(best)) {
        best = runner;
      }
    }
    double risk = race.chanceOfWorse(best, baseline, 0);
    return risk <= 1 - settings.confidence() ? best : baseline;
  }

  @Override
  public Optional<Standing> best() {
    if (chosen != null) {
      return Optional.of(chosen.standing());
    }
    if (!settings.wholeValset() && race.begun()) {
      return Optional.of(choose().standing());
    }
    return race.field().runners().stream()
        .filter(Runner::complete)
        .max(Comparator.comparingDouble(race::prediction))
        .map(Runner::standing);
  }

  @Override
  public List<Standing> standings() {
    Comparator<Runner> worse =
        Comparator.<Runner, Boolean>comparing(runner -> runner == chosen)
            .thenComparing(Runner::complete)
            .thenComparingDouble(race::prediction);
    return race.field().withOutcomes().stream()
        .sorted(worse.reversed())
        .map(Runner::standing)
        .toList();
  }

  @Override
  public FinishReason finishReason() {
    return phase == Phase.OVER ? reason : FinishReason.RUNNING;
  }
}
