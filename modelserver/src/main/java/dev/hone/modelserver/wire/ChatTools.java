package dev.hone.modelserver.wire;

import dev.hone.InvalidInputException;
import dev.hone.lm.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools of the chat-completions protocol, as strict about them as OpenAI's own server. */
final class ChatTools {
  private ChatTools() {}

  /** Reads the tools of a request. */
  static List<ToolSpec> of(JsonNode array) {
    List<ToolSpec> tools = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode function = array.get(i).path("function");
      if (!array.get(i).path("type").asString("").equals("function")
          || !(function.path("parameters") instanceof ObjectNode parameters)) {
        throw new IllegalArgumentException("Invalid 'tools[%d]': no function".formatted(i));
      }
      if (function.path("strict").asBoolean(false)) {
        requireStrict(parameters, "tools[%d].function.parameters".formatted(i));
      }
      try {
        tools.add(
            ToolSpec.of(
                function.path("name").asString(""),
                function.path("description").asString(""),
                parameters));
      } catch (InvalidInputException e) {
        throw new IllegalArgumentException(
            "Invalid 'tools[%d].function': %s".formatted(i, e.getMessage()));
      }
    }
    if (tools.stream().map(ToolSpec::name).distinct().count() < tools.size()) {
      throw new IllegalArgumentException("Invalid 'tools': two have the same name");
    }
    return tools;
  }

  /** Strict mode wants every key of an object, and no others. */
  private static void requireStrict(JsonNode schema, String where) {
    if (schema.has("properties")) {
      Set<String> required = new LinkedHashSet<>();
      schema.path("required").forEach(name -> required.add(name.asString("")));
      if (schema.path("additionalProperties").asBoolean(true)
          || !required.containsAll(schema.path("properties").propertyNames())) {
        throw new IllegalArgumentException(
            "Invalid schema for strict function '%s': keys may be missing".formatted(where));
      }
    }
    schema.path("properties").forEach(one -> requireStrict(one, where));
    schema.path("anyOf").forEach(one -> requireStrict(one, where));
    if (schema.path("items").isObject()) {
      requireStrict(schema.path("items"), where);
    }
  }

  /** The tool that must be called: the one that is named, or the only one if any must be. */
  static @Nullable String required(JsonNode choice, List<ToolSpec> tools) {
    if (choice.isObject()) {
      return choice.path("function").path("name").asString("");
    }
    String word = choice.asString("auto");
    if (!choice.isMissingNode() && tools.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid value for 'tool_choice': it is allowed with 'tools' only");
    }
    return word.equals("required") && tools.size() == 1 ? tools.get(0).name() : null;
  }

  /**
   * Requires that the calls of a message are answered by the messages after it, each once, and that
   * there are no other results.
   */
  static void requirePairs(JsonNode messages) {
    Set<String> open = new LinkedHashSet<>();
    for (JsonNode message : messages) {
      if (message.path("role").asString("").equals("tool")) {
        String id = message.path("tool_call_id").asString("");
        if (!open.remove(id)) {
          throw new IllegalArgumentException(
              "Invalid parameter: a message of the role 'tool' answers no call of the message"
                  + " before it ('%s')".formatted(id));
        }
      } else {
        requireNone(open);
        message.path("tool_calls").forEach(call -> open(call, open));
      }
    }
    requireNone(open);
  }

  private static void open(JsonNode call, Set<String> open) {
    String id = call.path("id").asString("");
    if (id.isEmpty() || call.path("function").path("name").asString("").isEmpty()) {
      throw new IllegalArgumentException("Invalid 'tool_calls': a call has no id or no name");
    }
    if (!open.add(id)) {
      throw new IllegalArgumentException("Invalid 'tool_calls': two calls have the id " + id);
    }
  }

  private static void requireNone(Set<String> open) {
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(
          "An assistant message with 'tool_calls' must be followed by tool messages for each"
              + " 'tool_call_id'; these have none: "
              + String.join(", ", open));
    }
  }
}
