package dev.hone.project.schema;

import dev.hone.json.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of a JSON Schema. */
final class SchemaNode {
  private SchemaNode() {}

  static ObjectNode type(String type, String description) {
    ObjectNode node = Json.object().put("type", type);
    return description.isEmpty() ? node : node.put("description", description);
  }

  static ObjectNode text(String description) {
    return type("string", description);
  }

  /** A text, number or truth value: what YAML makes of a word that no one put in quotes. */
  static ObjectNode scalar(String description) {
    ObjectNode node = Json.object();
    node.putArray("type").add("string").add("number").add("boolean");
    return description.isEmpty() ? node : node.put("description", description);
  }

  static ObjectNode map(String description) {
    return type("object", description).put("additionalProperties", false);
  }

  static ObjectNode ref(String name) {
    return Json.object().put("$ref", "#/$defs/" + name);
  }

  static ObjectNode enumOf(List<String> values, String description) {
    ObjectNode node = Json.object();
    values.forEach(node.putArray("enum")::add);
    return description.isEmpty() ? node : node.put("description", description);
  }

  static ObjectNode anyOf(String description, ObjectNode... options) {
    ObjectNode node = Json.object();
    if (!description.isEmpty()) {
      node.put("description", description);
    }
    ArrayNode all = node.putArray("anyOf");
    for (ObjectNode option : options) {
      all.add(option);
    }
    return node;
  }

  static ObjectNode listOf(ObjectNode item) {
    ObjectNode node = Json.object().put("type", "array");
    node.set("items", item);
    return node;
  }

  /** A scalar, or a list of them. */
  static ObjectNode scalars(String description) {
    return anyOf(description, scalar(""), listOf(scalar("")));
  }
}
