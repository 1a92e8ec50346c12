package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.racing.model.Arm;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration is best, by the outcomes and the model of a race. Of equals the shorter
 * prompt: of equal predictions, and of complete configurations with the same mean. Of the latter
 * the baseline wins first of all.
 */
final class Ranking {
  /** How much of the baseline's share of scores, of what it was asked, a winner needs. */
  private static final double LEAST_SHARE = 0.9;

  /** The blocks in which scores reach a target by more than luck. */
  private static final int BLOCKS_AT_TARGET = 3;

  private static final double ROUNDING = 1e-9;

  private final Race race;
  private final SearchProblem problem;
  private final boolean wholeValset;

  /** A ranking that chooses among complete configurations only, or among all with outcomes. */
  Ranking(Race race, SearchProblem problem, boolean wholeValset) {
    this.race = race;
    this.problem = problem;
    this.wholeValset = wholeValset;
  }

  /**
   * The highest prediction. Nothing wins because the examples that it would have failed were not
   * scored: of what it was asked, it needs nearly as large a share of scores as the baseline has.
   */
  Arm choose() {
    return choose(arm -> !wholeValset || arm.complete());
  }

  /** The same among all that have outcomes, for a race that was stopped early. */
  Arm chooseSoFar() {
    return choose(arm -> true);
  }

  private Arm choose(Predicate<Arm> eligible) {
    Arm best =
        race.pool().withOutcomes().stream()
            .filter(eligible.and(this::isScored))
            .max(better())
            .orElse(baseline());
    return simplest(best, eligible);
  }

  private boolean isScored(Arm arm) {
    return arm == baseline() || arm.scoredShare() >= LEAST_SHARE * baseline().scoredShare();
  }

  /** The simplest of the complete ones that scored exactly what the best did. */
  private Arm simplest(Arm best, Predicate<Arm> eligible) {
    return race.pool().withOutcomes().stream()
        .filter(arm -> arm == best || eligible.test(arm) && arm.ties(best))
        .min(
            Comparator.<Arm, Boolean>comparing(arm -> arm != baseline())
                .thenComparingDouble(this::size)
                .thenComparing(better().reversed()))
        .orElse(best);
  }

  private double size(Arm arm) {
    return problem.tokensPerRun(arm.configuration());
  }

  /**
   * The configuration that is to be completed next as its scores reach a target, by the model's
   * prediction too or in several blocks; the baseline before others, since nothing else is needed
   * where it holds.
   */
  Optional<Arm> atTarget(double target) {
    return race.pool().withOutcomes().stream()
        .filter(arm -> !arm.exhausted() && arm.reaches(target))
        .filter(arm -> arm.asked() >= BLOCKS_AT_TARGET || race.prediction(arm) >= target - ROUNDING)
        .max(Comparator.<Arm, Boolean>comparing(arm -> arm == baseline()).thenComparing(better()));
  }

  /** Whether a configuration reaches the target of a search on the whole validation set. */
  boolean isAtTarget(Arm arm, SearchBudget limits) {
    Double target = limits.targetScore();
    return target != null && arm.complete() && arm.reaches(target);
  }

  /** The best one whose score is settled, while the race goes on. */
  Optional<Arm> best() {
    return wholeValset
        ? race.pool().arms().stream()
            .filter(Arm::complete)
            .max(better())
            .map(best -> simplest(best, Arm::complete))
        : Optional.of(choose()).filter(arm -> arm.seen() > 0);
  }

  /** The probability that the arm is no worse than the baseline. */
  double confidence(Arm arm) {
    return arm == baseline() ? 1 : 1 - race.probabilityOfWorse(arm, baseline());
  }

  /** All with outcomes, best first: the chosen one, then the complete ones, then the rest. */
  Stream<Arm> of(@Nullable Arm chosen) {
    Comparator<Arm> worse =
        Comparator.<Arm, Boolean>comparing(arm -> arm == chosen)
            .thenComparing(Arm::complete)
            .thenComparing(better());
    return race.pool().withOutcomes().stream().sorted(worse.reversed());
  }

  private Comparator<Arm> better() {
    Comparator<Arm> higher = Comparator.comparingDouble(race::prediction);
    return higher.thenComparing(Comparator.<Arm>comparingDouble(this::size).reversed());
  }

  private Arm baseline() {
    return race.pool().arm(problem.baseline());
  }
}
