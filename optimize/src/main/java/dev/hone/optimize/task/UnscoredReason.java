package dev.hone.optimize.task;

import dev.hone.HoneException;
import dev.hone.evaluate.Outcome;
import java.util.Optional;

/**
 * Why an example has no score of the metric's.
 *
 * @param problem what failed and how, in a sentence without its capital: the metric, the program or
 *     the model
 * @param error what it threw
 */
public record UnscoredReason(String problem, RuntimeException error) {
  /** The failure of an outcome; none if it was scored. */
  public static Optional<UnscoredReason> of(Outcome<?> outcome) {
    if (outcome instanceof Outcome.MetricFailed<?> failed) {
      return Optional.of(
          new UnscoredReason("the metric failed: " + failed.problem(), failed.error()));
    }
    if (outcome instanceof Outcome.LmUnavailable<?> unavailable) {
      return Optional.of(
          new UnscoredReason(
              "the model gave no reply: " + unavailable.error().getMessage(), unavailable.error()));
    }
    if (outcome instanceof Outcome.ProgramFailed<?> failed) {
      RuntimeException error = failed.error();
      String why =
          error instanceof HoneException ? String.valueOf(error.getMessage()) : error.toString();
      return Optional.of(new UnscoredReason("the program failed: " + why, error));
    }
    return Optional.empty();
  }
}
