package dev.hone.adapter.tool;

import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One call as a model wrote it.
 *
 * @param id its id; empty for none
 * @param tool the tool's name
 * @param arguments an object, or a text that could not be read as one
 */
record CallForm(String id, String tool, JsonNode arguments) {
  private static final List<String> NAMES = List.of("tool", "name", "function", "tool_name");
  private static final List<String> ARGUMENTS =
      List.of("arguments", "args", "parameters", "input", "params");

  /** The call that an object is; null if it is none. */
  static @Nullable CallForm of(JsonNode node) {
    if (node.path("function").isObject()) {
      CallForm inner = of(node.path("function"));
      return inner == null
          ? null
          : new CallForm(node.path("id").asString(inner.id()), inner.tool(), inner.arguments());
    }
    String name = first(node, NAMES).asString("");
    return name.isBlank()
        ? null
        : new CallForm(node.path("id").asString(""), name.strip(), read(first(node, ARGUMENTS)));
  }

  private static JsonNode first(JsonNode node, List<String> keys) {
    for (String key : keys) {
      if (node.has(key)) {
        return node.path(key);
      }
    }
    return node.path(keys.get(0));
  }

  /** Arguments as an object; a text that holds one is read. */
  static JsonNode read(JsonNode arguments) {
    if (arguments.isObject()) {
      return arguments;
    }
    if (arguments.isMissingNode() || arguments.isNull()) {
      return Json.object();
    }
    String text = arguments.isString() ? arguments.stringValue() : Json.write(arguments);
    if (text.isBlank()) {
      return Json.object();
    }
    return LenientJson.read(text)
        .filter(r -> r.value().isObject() && r.doubt() == null && !r.truncated() && !r.surrounded())
        .map(LenientJson.Reading::value)
        .orElse(StringNode.valueOf(text));
  }

  /** The call as an item of the canonical array. */
  ObjectNode toJson(String madeUpId) {
    ObjectNode call = Json.object().put("id", id.isEmpty() ? madeUpId : id).put("tool", tool);
    call.set("arguments", arguments);
    return call;
  }
}
