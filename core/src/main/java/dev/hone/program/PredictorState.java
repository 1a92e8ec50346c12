package dev.hone.program;

import dev.hone.adapter.Demo;
import dev.hone.json.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is learnt about one predictor.
 *
 * @param instructions what the model is told to do
 * @param demos worked examples shown to it, in order; empty for none
 */
public record PredictorState(String instructions, List<Demo> demos) {
  /** Copies the demos. */
  public PredictorState {
    demos = List.copyOf(demos);
  }

  /** A copy with other instructions. */
  public PredictorState withInstructions(String text) {
    return new PredictorState(text, demos);
  }

  /** A copy with other demos. */
  public PredictorState withDemos(List<Demo> value) {
    return new PredictorState(instructions, value);
  }

  /** The state as JSON: equal states, equal JSON. */
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("instructions", instructions);
    ArrayNode array = node.putArray("demos");
    demos.forEach(demo -> array.add(demo.toJson()));
    return node;
  }
}
