package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.SearchProblem;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is best, by what a race knows. Of equals the shorter prompt: of equal predictions, and of
 * complete configurations with the same mean. Of the latter the baseline wins first of all.
 */
final class Ranking {
  /** The share of the baseline's scores that a winner needs. */
  private static final double LEAST_SHARE = 0.9;

  private final Race race;
  private final SearchProblem problem;
  private final RacingSettings settings;

  Ranking(Race race, SearchProblem problem, RacingSettings settings) {
    this.race = race;
    this.problem = problem;
    this.settings = settings;
  }

  /**
   * The highest prediction, unless the chance that it is worse than the baseline is over 1 -
   * confidence. Nothing wins because the examples that it would have failed were not scored: it
   * needs nearly as many scores as the baseline has.
   */
  Runner choose() {
    return choose(
        runner ->
            !settings.wholeValset()
                || runner.complete() && runner.seen() >= LEAST_SHARE * baseline().seen());
  }

  /** The same among all that have outcomes, for a race that was broken off. */
  Runner chooseSoFar() {
    return choose(runner -> true);
  }

  private Runner choose(Predicate<Runner> eligible) {
    Runner baseline = baseline();
    Runner best =
        race.field().withOutcomes().stream().filter(eligible).max(better()).orElse(baseline);
    Runner chosen = simplest(best, eligible.and(this::safe));
    return safe(chosen) ? chosen : baseline;
  }

  /** A race that is not completed is for the best guess: it takes the model at its word. */
  private boolean safe(Runner runner) {
    double widening = settings.wholeValset() ? Forecast.WIDENING : 1;
    return runner == baseline()
        || race.chanceOfWorse(runner, baseline(), widening) <= 1 - settings.confidence();
  }

  /** The simplest of the complete ones that scored exactly what the best did. */
  private Runner simplest(Runner best, Predicate<Runner> eligible) {
    return race.field().withOutcomes().stream()
        .filter(runner -> runner == best || eligible.test(runner) && runner.ties(best))
        .min(
            Comparator.<Runner, Boolean>comparing(runner -> runner != baseline())
                .thenComparingDouble(this::size)
                .thenComparing(better().reversed()))
        .orElse(best);
  }

  private double size(Runner runner) {
    return problem.promptSize().applyAsDouble(runner.configuration());
  }

  /** The best one whose score is settled, while the race goes on. */
  Optional<Runner> best() {
    return settings.wholeValset()
        ? race.field().runners().stream()
            .filter(Runner::complete)
            .max(better())
            .map(best -> simplest(best, Runner::complete))
        : Optional.of(choose()).filter(runner -> runner.seen() > 0);
  }

  /** The chance that the runner is no worse than the baseline. */
  double confidence(Runner runner) {
    return runner == baseline() ? 1 : 1 - race.chanceOfWorse(runner, baseline());
  }

  /** All with outcomes, best first: the chosen one, then the complete ones, then the rest. */
  Stream<Runner> of(@Nullable Runner chosen) {
    Comparator<Runner> worse =
        Comparator.<Runner, Boolean>comparing(runner -> runner == chosen)
            .thenComparing(Runner::complete)
            .thenComparing(better());
    return race.field().withOutcomes().stream().sorted(worse.reversed());
  }

  private Comparator<Runner> better() {
    Comparator<Runner> higher = Comparator.comparingDouble(race::prediction);
    return higher.thenComparing(Comparator.<Runner>comparingDouble(this::size).reversed());
  }

  private Runner baseline() {
    return race.field().runner(problem.baseline());
  }
}
