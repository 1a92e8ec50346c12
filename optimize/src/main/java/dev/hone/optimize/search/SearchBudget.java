package dev.hone.optimize.search;

import dev.hone.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * How much a search may try.
 *
 * @param trials the number of trials, full evaluations not counted; at least 1
 * @param minibatchSize examples of a minibatch; null to evaluate every trial on the whole
 *     validation set
 * @param fullEvaluationSteps trials between two full evaluations, at least 1; one is always made at
 *     the end
 * @param fullEvaluationTop how many of the best configurations a full evaluation re-ranks, at least
 *     1
 * @param trialsInFlight trials that are asked for together, at least 1; the result depends on it,
 *     not on the number of threads
 * @param targetScore the search ends when a full evaluation reaches it; null for none
 * @param patience the search ends after so many trials without a better configuration; 0 for never
 */
public record SearchBudget(
    int trials,
    @Nullable Integer minibatchSize,
    int fullEvaluationSteps,
    int fullEvaluationTop,
    int trialsInFlight,
    @Nullable Double targetScore,
    int patience) {
  /** Checks the ranges. */
  public SearchBudget {
    require(trials, 1, "trials");
    require(minibatchSize == null ? 1 : minibatchSize, 1, "minibatchSize");
    require(fullEvaluationSteps, 1, "fullEvaluationSteps");
    require(fullEvaluationTop, 1, "fullEvaluationTop");
    require(trialsInFlight, 1, "trialsInFlight");
    require(patience, 0, "patience");
  }

  private static void require(int value, int least, String name) {
    if (value < least) {
      throw InvalidInputException.of(
          "%s (%d) is less than %d".formatted(name, value, least), "raise it to " + least);
    }
  }
}
