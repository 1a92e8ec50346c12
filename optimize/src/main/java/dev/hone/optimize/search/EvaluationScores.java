package dev.hone.optimize.search;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an evaluation brought.
 *
 * @param ask the evaluation
 * @param scores a score per example of the ask, in its order; empty where there is none, since the
 *     model could not be reached or the metric failed
 */
public record EvaluationScores(EvaluationRequest ask, List<OptionalDouble> scores) {
  /** Copies the scores and checks their number. */
  public EvaluationScores {
    scores = List.copyOf(scores);
    if (scores.size() != ask.examples().size()) {
      throw new IllegalArgumentException("a score is needed per example of the ask");
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
