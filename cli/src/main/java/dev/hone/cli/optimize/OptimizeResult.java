package dev.hone.cli.optimize;

import dev.hone.cli.compare.ComparedPrograms;
import dev.hone.cli.frame.ExitCodes;
import dev.hone.evaluate.Evaluation;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run came to.
 *
 * @param run the run
 * @param found what the optimizer returned
 * @param before the program as it was, on the test rows; empty without such rows
 * @param after what was found, on the same rows; empty if it was not tested
 * @param failure why the test of what was found failed; empty if it did not
 * @param saved what is beside the project file
 */
record OptimizeResult(
    OptimizeRun run,
    Optimized<ObjectNode, ObjectNode, ? extends OptimizationReport> found,
    Optional<Evaluation<ObjectNode, ObjectNode>> before,
    Optional<Evaluation<ObjectNode, ObjectNode>> after,
    Optional<String> failure,
    SavedProgram saved) {

  /** The result of a run, whose program is in the run folder, and now beside the project, too. */
  static OptimizeResult of(
      OptimizeRun run,
      Optimized<ObjectNode, ObjectNode, ? extends OptimizationReport> found,
      Optional<Evaluation<ObjectNode, ObjectNode>> before,
      OptimizeRun.TestAfter after) {
    OptimizeResult unsaved =
        new OptimizeResult(
            run, found, before, after.evaluation(), after.failure(), SavedProgram.none(run));
    return new OptimizeResult(
        run,
        found,
        before,
        after.evaluation(),
        after.failure(),
        SavedProgram.of(run, found.compiled(), unsaved.worth()));
  }

  /** What is known of the worth of what was found. */
  private SavedProgram.Worth worth() {
    if (compared().filter(ComparedPrograms::worse).isPresent()) {
      return SavedProgram.Worth.WORSE;
    }
    boolean tested = after.isPresent() || before.isEmpty() && !canGoOn();
    return tested ? SavedProgram.Worth.TESTED : SavedProgram.Worth.UNTESTED;
  }

  OptimizationReport report() {
    return found.report();
  }

  /** Both programs on the test rows; empty if one was not tested. */
  Optional<ComparedPrograms> compared() {
    return before.flatMap(
        first ->
            after.map(second -> new ComparedPrograms(List.of("before", "after"), first, second)));
  }

  /** Whether Ctrl-C ended it. */
  boolean stopped() {
    return report().finishReason() == FinishReason.INTERRUPTED
        || Thread.currentThread().isInterrupted();
  }

  /** Whether a budget ended it, or left nothing to test with. */
  boolean spent() {
    return report().finishReason() == FinishReason.BUDGET_SPENT
        || before.isPresent() && after.isEmpty() && failure.isEmpty() && !stopped();
  }

  /** Whether it can go on where it ended. */
  boolean canGoOn() {
    return switch (report().finishReason()) {
      case BUDGET_SPENT, INTERRUPTED, MODEL_UNAVAILABLE, JOURNAL_FAILED, TOO_MANY_ERRORS, FAILED ->
          true;
      default -> false;
    };
  }

  /** Whether nothing is left to be asked: it ended by itself, and what it found was tested. */
  boolean isWhole() {
    return !canGoOn() && (before.isEmpty() || after.isPresent());
  }

  /** The exit code. */
  int exitCode() {
    if (stopped()) {
      return ExitCodes.INTERRUPTED;
    } else if (spent()) {
      return ExitCodes.BUDGET_SPENT;
    } else if (canGoOn() || failure.isPresent()) {
      return ExitCodes.FAILED;
    }
    boolean better =
        compared()
            .map(ComparedPrograms::improved)
            .orElseGet(() -> report().verdict().filter(Verdict::improved).isPresent());
    return better ? ExitCodes.WORKED : ExitCodes.NOTHING_BETTER;
  }
}
