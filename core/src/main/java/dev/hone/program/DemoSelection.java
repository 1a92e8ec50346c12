package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which of a predictor's demos a call shows. */
public sealed interface DemoSelection {
  /** All demos, in their order, for any input. */
  static DemoSelection all() {
    return new All();
  }

  /** All demos, in their order. */
  record All() implements DemoSelection {}

  /**
   * The demos whose inputs are nearest to the call's, nearest first, chosen anew at every call by
   * the embedder of the context.
   *
   * @param k the most demos that are shown, at least 1
   * @param embedderId the embedder that made the vectors, and the only one that can choose
   * @param vectors a vector of the inputs of each demo, in the order of the demos
   */
  record Nearest(int k, String embedderId, List<Embedding> vectors) implements DemoSelection {
    /** Copies the list and checks k. */
    public Nearest {
      vectors = List.copyOf(vectors);
      if (k < 1) {
        throw InvalidInputException.of("k (" + k + ") is less than 1", "use 3");
      }
    }

    ObjectNode toJson() {
      ObjectNode node = Json.object().put("k", k).put("embedder", embedderId);
      ArrayNode array = node.putArray("vectors");
      vectors.forEach(vector -> array.add(vector.toBase64()));
      return node;
    }
  }

  /**
   * The text of which an embedder makes the vector of a predictor's inputs: the value alone where
   * there is one field, else a line per field with its name.
   */
  static String text(ObjectNode inputs) {
    return inputs.size() == 1
        ? value(inputs.iterator().next())
        : inputs.properties().stream()
            .map(entry -> entry.getKey() + ": " + value(entry.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String value(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.write(value);
  }
}
