package dev.hone.adapter.tool;

import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON schema of calls of given tools in words, for models that are bound to a schema but take
 * no tools: an array of calls, each with its tool's name and the schema of its arguments. Schemas
 * that refer to parts of themselves are left open, since the parts would be elsewhere then.
 */
public final class CallSchema {
  private CallSchema() {}

  /** The schema of an array of calls. */
  public static ObjectNode of(List<ToolSpec> tools) {
    ObjectNode schema = Json.object().put("type", "array");
    if (tools.isEmpty()) {
      schema.set("items", call(Json.object().put("type", "string"), open()));
    } else if (tools.size() == 1) {
      schema.set("items", call(tools.get(0)));
    } else {
      ArrayNode either = schema.putObject("items").putArray("anyOf");
      tools.forEach(tool -> either.add(call(tool)));
    }
    return schema;
  }

  private static ObjectNode call(ToolSpec tool) {
    ObjectNode name = Json.object().put("type", "string");
    name.putArray("enum").add(tool.name());
    ObjectNode parameters = tool.parameters();
    boolean refers = Json.write(parameters).contains("\"$ref\"");
    if (!refers && !parameters.has("type")) {
      parameters.put("type", "object");
    }
    return call(name, refers ? open() : parameters);
  }

  private static ObjectNode open() {
    return Json.object().put("type", "object");
  }

  private static ObjectNode call(ObjectNode name, ObjectNode arguments) {
    ObjectNode call = Json.object().put("type", "object");
    ObjectNode properties = call.putObject("properties");
    properties.set("tool", name);
    properties.set("arguments", arguments);
    call.putArray("required").add("tool").add("arguments");
    return call.put("additionalProperties", false);
  }
}
