package dev.hone.optimize.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The scores of an evaluation that was asked for.
 *
 * @param request what was asked for
 * @param scores a score per example of the request, in its order; empty where there is none, since
 *     the model could not be reached or the metric failed
 * @param observations what counts of each example where the problem has an {@linkplain
 *     SearchProblem#objective() objective} over sets, empty where there is no score; an empty list
 *     under a metric whose mean counts
 */
public record EvaluationScores(
    EvaluationRequest request, List<OptionalDouble> scores, List<Optional<Object>> observations) {
  /** Copies the lists and checks their sizes. */
  public EvaluationScores {
    scores = List.copyOf(scores);
    observations = List.copyOf(observations);
    requireAll(request, scores.size());
    if (!observations.isEmpty()) {
      requireAll(request, observations.size());
    }
  }

  /** The scores of a metric whose mean counts. */
  public EvaluationScores(EvaluationRequest request, List<OptionalDouble> scores) {
    this(request, scores, List.of());
  }

  private static void requireAll(EvaluationRequest request, int size) {
    if (size != request.examples().size()) {
      throw new IllegalArgumentException(
          "%d scores for a request of %d examples".formatted(size, request.examples().size()));
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
