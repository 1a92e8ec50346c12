package dev.hone.prompt;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A demonstration: one worked example that a prompt shows to the model.
 *
 * @param inputs the input fields' values; never changed
 * @param outputs the output fields' values; never changed; fields may be missing
 * @param origin where it came from
 * @param exampleId the content id of the example it was made from; empty if there was none
 */
public record Demo(ObjectNode inputs, ObjectNode outputs, Origin origin, String exampleId) {
  /** Checks that there are inputs and outputs. */
  public Demo {
    if (inputs == null || outputs == null) {
      throw InvalidInputException.of(
          "A demo's %s are null, expected a JSON object"
              .formatted(inputs == null ? "inputs" : "outputs"),
          "pass Json.object() for none, or leave the demo out");
    }
  }

  /** Where a demo came from. */
  public enum Origin {
    /** Written by hand, or copied from a labelled example. */
    LABELED,
    /** Recorded from a successful run of a program. */
    BOOTSTRAPPED
  }

  /** The demo as JSON: equal demos, equal JSON. */
  public ObjectNode toJson() {
    ObjectNode node = Json.object();
    node.set("inputs", inputs);
    node.set("outputs", outputs);
    node.put("origin", origin.name().toLowerCase(java.util.Locale.ROOT));
    node.put("exampleId", exampleId);
    return node;
  }
}
