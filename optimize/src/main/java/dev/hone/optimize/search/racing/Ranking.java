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
  Arm choose() {
    return choose(
        runner ->
            !settings.wholeValset()
                || runner.complete() && runner.seen() >= LEAST_SHARE * baseline().seen());
  }

  /** The same among all that have outcomes, for a race that was broken off. */
  Arm chooseSoFar() {
    return choose(runner -> true);
  }

  private Arm choose(Predicate<Arm> eligible) {
    Arm baseline = baseline();
    Arm best = race.field().withOutcomes().stream().filter(eligible).max(better()).orElse(baseline);
    Arm chosen = simplest(best, eligible.and(this::safe));
    return safe(chosen) ? chosen : baseline;
  }

  /** A race that is not completed is for the best guess: it takes the model at its word. */
  private boolean safe(Arm runner) {
    double widening = settings.wholeValset() ? PosteriorDraws.WIDENING : 1;
    return runner == baseline()
        || race.chanceOfWorse(runner, baseline(), widening) <= 1 - settings.confidence();
  }

  /** The simplest of the complete ones that scored exactly what the best did. */
  private Arm simplest(Arm best, Predicate<Arm> eligible) {
    return race.field().withOutcomes().stream()
        .filter(runner -> runner == best || eligible.test(runner) && runner.ties(best))
        .min(
            Comparator.<Arm, Boolean>comparing(runner -> runner != baseline())
                .thenComparingDouble(this::size)
                .thenComparing(better().reversed()))
        .orElse(best);
  }

  private double size(Arm runner) {
    return problem.promptSize().applyAsDouble(runner.configuration());
  }

  /** The best one whose score is settled, while the race goes on. */
  Optional<Arm> best() {
    return settings.wholeValset()
        ? race.field().runners().stream()
            .filter(Arm::complete)
            .max(better())
            .map(best -> simplest(best, Arm::complete))
        : Optional.of(choose()).filter(runner -> runner.seen() > 0);
  }

  /** The chance that the runner is no worse than the baseline. */
  double confidence(Arm runner) {
    return runner == baseline() ? 1 : 1 - race.chanceOfWorse(runner, baseline());
  }

  /** All with outcomes, best first: the chosen one, then the complete ones, then the rest. */
  Stream<Arm> of(@Nullable Arm chosen) {
    Comparator<Arm> worse =
        Comparator.<Arm, Boolean>comparing(runner -> runner == chosen)
            .thenComparing(Arm::complete)
            .thenComparing(better());
    return race.field().withOutcomes().stream().sorted(worse.reversed());
  }

  private Comparator<Arm> better() {
    Comparator<Arm> higher = Comparator.comparingDouble(race::prediction);
    return higher.thenComparing(Comparator.<Arm>comparingDouble(this::size).reversed());
  }

  private Arm baseline() {
    return race.field().runner(problem.baseline());
  }
}
