package dev.hone.adapter.tool;

import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.text.Excerpt;
import java.util.List;
import java.util.Set;
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
  private static final List<String> NAMES =
      List.of("tool", "name", "function", "tool_name", "toolName", "action");
  private static final List<String> ARGUMENTS =
      List.of("arguments", "args", "parameters", "input", "params", "action_input", "tool_input");
  private static final List<String> WRAPPERS =
      List.of("function", "function_call", "functionCall", "tool_call", "toolCall");
  private static final Set<String> BESIDE = Set.of("id", "type", "index", "call_id");
  private static final int SHOWN_CHARS = 80;

  /**
   * The call that a JSON value is; null if it is none.
   *
   * @throws TypeMismatchException if it has two names, or arguments twice
   */
  static @Nullable CallForm of(JsonNode node, String path) {
    for (String wrapper : WRAPPERS) {
      if (node.path(wrapper).isObject()) {
        CallForm inner = of(node.path(wrapper), path);
        String id = node.path("id").asString("");
        return inner == null || id.isEmpty()
            ? inner
            : new CallForm(id, inner.tool(), inner.arguments());
      }
    }
    if (!node.isObject() || isSpecification(node)) {
      return null;
    }
    String arguments = only(node, ARGUMENTS, path);
    String name = arguments.isEmpty() && node.path("tool").isString() ? "tool" : name(node, path);
    return name.isEmpty() || node.path(name).stringValue().isBlank()
        ? null
        : new CallForm(
            node.path("id").asString(""),
            node.path(name).stringValue().strip(),
            arguments.isEmpty() ? rest((ObjectNode) node, name) : read(node.path(arguments)));
  }

  /** Whether a value has the members of a call, rather than some that may mean anything. */
  static boolean isPlain(JsonNode node) {
    return node.isObject()
        && (WRAPPERS.stream().anyMatch(key -> node.path(key).isObject())
            || NAMES.stream().anyMatch(key -> node.path(key).isString())
                && ARGUMENTS.stream().anyMatch(node::has));
  }

  /** Whether it describes a tool. */
  private static boolean isSpecification(JsonNode node) {
    return node.has("description") && node.path("parameters").has("properties")
        || node.has("inputSchema")
        || node.has("input_schema");
  }

  private static String name(JsonNode node, String path) {
    String found = "";
    for (String key : NAMES) {
      if (!node.path(key).isString()) {
        continue;
      }
      if (!found.isEmpty() && !node.path(key).equals(node.path(found))) {
        throw twice(node, path, "names");
      }
      found = found.isEmpty() ? key : found;
    }
    return found;
  }

  /** The only one of several keys that is there and not empty; "" for none. */
  private static String only(JsonNode node, List<String> keys, String path) {
    String found = "";
    for (String key : keys) {
      if (!node.has(key)) {
        continue;
      }
      JsonNode value = node.path(key);
      JsonNode before = node.path(found);
      if (found.isEmpty() || before.isEmpty()) {
        found = key;
      } else if (!value.isEmpty() && !value.equals(before)) {
        throw twice(node, path, "sets of arguments");
      }
    }
    return found;
  }

  private static TypeMismatchException twice(JsonNode node, String path, String what) {
    return new TypeMismatchException(
        path, "a call has two %s: %s".formatted(what, Excerpt.of(Json.write(node), SHOWN_CHARS)));
  }

  /** The arguments of a call that stand beside its name. */
  private static ObjectNode rest(ObjectNode node, String name) {
    ObjectNode arguments = Json.object();
    node.properties()
        .forEach(
            member -> {
              if (!member.getKey().equals(name) && !BESIDE.contains(member.getKey())) {
                arguments.set(member.getKey(), member.getValue());
              }
            });
    return arguments;
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

  /** Whether it is the same call, whatever the ids. */
  boolean isSame(CallForm other) {
    return tool.equals(other.tool) && arguments.equals(other.arguments);
  }

  /** The call as an item of the canonical array. */
  ObjectNode toJson(String madeUpId) {
    ObjectNode call = Json.object().put("id", id.isEmpty() ? madeUpId : id).put("tool", tool);
    call.set("arguments", arguments);
    return call;
  }
}
