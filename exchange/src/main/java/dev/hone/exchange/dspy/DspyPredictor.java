package dev.hone.exchange.dspy;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One predictor of a saved state.
 *
 * @param name the path to it, such as {@code answer.predict}; {@code self} for one on its own
 * @param instructions what the model is to do
 * @param fields its fields, inputs first, in order
 * @param demos flat objects of values by the names of fields, in order; {@code augmented} is true
 *     in those that DSPy recorded from a run; never changed
 * @param leftOut what the state has beside these, in phrases: a model, criteria of a decision
 */
public record DspyPredictor(
    String name,
    String instructions,
    List<DspyField> fields,
    List<ObjectNode> demos,
    List<String> leftOut) {
  /** Copies the lists. */
  public DspyPredictor {
    fields = List.copyOf(fields);
    demos = List.copyOf(demos);
    leftOut = List.copyOf(leftOut);
  }
}
