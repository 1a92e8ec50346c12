package dev.hone.adapter.tool;

import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.lm.ToolSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * What the schemas of tools say about parameters that a model wrote as bare text: whether such a
 * text is JSON. What no schema tells stays a text, so that nothing of it is lost.
 */
final class ToolTypes {
  private final Map<String, JsonNode> properties = new HashMap<>();

  ToolTypes(List<ToolSpec> tools) {
    tools.forEach(tool -> properties.put(tool.name(), tool.parameters().path("properties")));
  }

  /** Whether there is a tool of a name. */
  boolean isTool(String name) {
    return properties.containsKey(name);
  }

  /** The value of a parameter from its text. */
  JsonNode value(String tool, String parameter, String text) {
    JsonNode type =
        properties.getOrDefault(tool, Json.object()).path(parameter).path("type");
    boolean json = type.isString() && !type.stringValue().equals("string");
    return json
        ? LenientJson.read(text)
            .filter(LenientJson.Reading::strict)
            .map(LenientJson.Reading::value)
            .orElse(StringNode.valueOf(text))
        : StringNode.valueOf(text);
  }

  /** The only parameter of a tool; empty if it has another number of them. */
  String only(String tool) {
    JsonNode of = properties.getOrDefault(tool, Json.object());
    return of.size() == 1 ? of.propertyNames().iterator().next() : "";
  }
}
