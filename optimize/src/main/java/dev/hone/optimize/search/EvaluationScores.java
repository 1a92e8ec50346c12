package dev.hone.optimize.search;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The scores of an evaluation that was asked for.
 *
 * @param request what was asked for
 * @param scores a score per example of the request, in its order; empty where there is none, since
 *     the model could not be reached or the metric failed
 */
public record EvaluationScores(EvaluationRequest request, List<OptionalDouble> scores) {
  /** Copies the scores and checks their number. */
  public EvaluationScores {
    scores = List.copyOf(scores);
    if (scores.size() != request.examples().size()) {
      throw new IllegalArgumentException(
          "%d scores for a request of %d examples"
              .formatted(scores.size(), request.examples().size()));
    }
  }

  /** Whether every example has a score. */
  public boolean complete() {
    return scores.stream().allMatch(OptionalDouble::isPresent);
  }

  /** The mean of the scores there are; empty if there are none. */
  public OptionalDouble mean() {
    return scores.stream()
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }
}
