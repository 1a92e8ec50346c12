package dev.hone.json;

import dev.hone.json.JsonParts.Part;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a text, for tests. */
final class ObjectsOfText {
  private ObjectsOfText() {}

  static List<Part> all(String text, Predicate<ObjectNode> wanted) {
    return JsonObjects.of(text, node -> node instanceof ObjectNode object && wanted.test(object));
  }

  /** Those that are complete and in no doubt. */
  static List<JsonNode> usable(String text, Predicate<ObjectNode> wanted) {
    return all(text, wanted).stream()
        .filter(part -> !part.truncated() && part.doubt() == null)
        .map(Part::value)
        .toList();
  }
}
