package dev.hone.optimize.bootstrap;

import dev.hone.data.Example;
import dev.hone.program.TraceStep;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a program answered to a training example, and what the metric said of it.
 *
 * @param example the example
 * @param answer what the program returned, as JSON
 * @param score what the metric gave
 * @param feedback what the metric, or a check that refused the answer, said; empty for nothing
 * @param steps the calls of the predictors, in order
 */
public record ScoredAnswer(
    Example<?, ?> example,
    ObjectNode answer,
    double score,
    String feedback,
    List<TraceStep> steps) {
  /** Copies the steps. */
  public ScoredAnswer {
    steps = List.copyOf(steps);
  }

  /** Whether the run called a predictor. */
  public boolean called(String predictor) {
    return steps.stream().anyMatch(step -> step.predictor().equals(predictor));
  }
}
