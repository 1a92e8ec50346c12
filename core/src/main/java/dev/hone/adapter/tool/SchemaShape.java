package dev.hone.adapter.tool;

import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The JSON schema of a tool's arguments as a model reads it: one line that shows the shape. Schemas
 * of other makers may refer to parts of themselves, allow alternatives, or say nothing at all.
 */
final class SchemaShape {
  private static final int MAX_DEPTH = 6;

  private final JsonNode root;

  SchemaShape(JsonNode root) {
    this.root = root;
  }

  /** The shape of the whole. */
  String shape() {
    return shape(root, 0);
  }

  private String shape(JsonNode schema, int depth) {
    JsonNode found = resolved(schema);
    if (depth > MAX_DEPTH) {
      return "any JSON value";
    }
    for (String name : List.of("anyOf", "oneOf")) {
      if (found.path(name).isArray()) {
        return either(found.path(name), depth);
      }
    }
    if (found.path("enum").isArray()) {
      return found.path("enum").valueStream().map(Json::write).collect(Collectors.joining(" | "));
    }
    if (found.has("const")) {
      return Json.write(found.path("const"));
    }
    JsonNode type = found.path("type");
    if (type.isArray()) {
      return type.valueStream()
          .map(one -> typed(one.asString(""), found, depth))
          .distinct()
          .collect(Collectors.joining(" or "));
    }
    return typed(type.asString(found.has("properties") ? "object" : ""), found, depth);
  }

  private String either(JsonNode schemas, int depth) {
    return schemas
        .valueStream()
        .map(one -> shape(one, depth + 1))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private String typed(String type, JsonNode schema, int depth) {
    return switch (type) {
      case "object" -> object(schema, depth);
      case "array" -> "[" + shape(schema.path("items"), depth + 1) + ", …]";
      case "string" -> "text";
      case "integer" -> "whole number";
      case "number" -> "number";
      case "boolean" -> "true or false";
      case "null" -> "null";
      default -> "any JSON value";
    };
  }

  private String object(JsonNode schema, int depth) {
    List<String> members = new ArrayList<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            member ->
                members.add(
                    Json.write(tools.jackson.databind.node.StringNode.valueOf(member.getKey()))
                        + ": "
                        + shape(member.getValue(), depth + 1)));
    return members.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  /** What a reference within the schema refers to. */
  private JsonNode resolved(JsonNode schema) {
    JsonNode found = schema;
    for (int i = 0; i < MAX_DEPTH && found.path("$ref").isString(); i++) {
      String ref = found.path("$ref").stringValue();
      found = ref.startsWith("#") ? root.at(ref.substring(1)) : found.path("nothing");
    }
    return found;
  }
}
