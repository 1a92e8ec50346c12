package dev.hone.adapter.tool;

import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The JSON schema of a tool's arguments as a model reads it: one line that shows the shape, and
 * what is said about parts of it. Schemas of other makers may refer to parts of themselves, allow
 * alternatives, or say nothing at all; what is too deep or too much is any value. Not thread-safe.
 */
final class SchemaShape {
  private static final String ANY = "any JSON value";
  private static final int MAX_DEPTH = 6;
  private static final int MAX_PARTS = 400;
  private static final int MAX_ENUM = 60;

  private final JsonNode root;
  private final Deque<String> open = new ArrayDeque<>();
  private int parts;

  SchemaShape(JsonNode root) {
    this.root = root;
  }

  /**
   * What is said about a part.
   *
   * @param path the names that lead to it, as {@code filter.since}
   * @param notes whether it may be left out, and its limits
   * @param description what it means; may be empty
   */
  record Part(String path, List<String> notes, String description) {}

  /** The shape of the whole. */
  String shape() {
    parts = 0;
    return object(resolved(root), 0);
  }

  /** The parts about which more is said than their shape shows, the outer before the inner. */
  List<Part> parts() {
    parts = 0;
    List<Part> found = new ArrayList<>();
    addParts(found, "", root, 0);
    return found;
  }

  private void addParts(List<Part> found, String path, JsonNode schema, int depth) {
    JsonNode object = innermost(schema);
    List<String> required =
        object.path("required").valueStream().map(name -> name.asString("")).toList();
    for (var member : object.path("properties").properties()) {
      if (depth > MAX_DEPTH || ++parts > MAX_PARTS) {
        return;
      }
      JsonNode said = resolved(member.getValue());
      String child = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      List<String> notes = new ArrayList<>();
      if (object.has("required") && !required.contains(member.getKey())) {
        notes.add("optional");
      }
      notes.addAll(SchemaLimits.of(said));
      String own = member.getValue().path("description").asString("");
      String description = own.isBlank() ? said.path("description").asString("") : own;
      if (!notes.isEmpty() || !description.isBlank()) {
        found.add(new Part(child, notes, description));
      }
      String ref = member.getValue().path("$ref").asString("");
      if (!open.contains(ref)) {
        open.push(ref.isEmpty() ? "#" + child : ref);
        addParts(found, child, said, depth + 1);
        open.pop();
      }
    }
  }

  /** The object that a schema is, or that its items, values or only real alternative are. */
  private JsonNode innermost(JsonNode schema) {
    JsonNode found = resolved(schema);
    for (int i = 0; i < MAX_DEPTH && !found.has("properties"); i++) {
      JsonNode next = found.path("items");
      next = next.isObject() ? next : found.path("additionalProperties");
      JsonNode either = found.has("anyOf") ? found.path("anyOf") : found.path("oneOf");
      if (!next.isObject()) {
        List<JsonNode> real =
            either
                .valueStream()
                .filter(one -> !one.path("type").asString("").equals("null"))
                .toList();
        next = real.size() == 1 ? real.get(0) : next;
      }
      found = resolved(next);
    }
    return found;
  }

  /** The shape of a part; one that holds itself is any value within. */
  private String shape(JsonNode schema, int depth) {
    String ref = schema.path("$ref").asString("");
    if (depth > MAX_DEPTH || ++parts > MAX_PARTS || open.contains(ref)) {
      return ANY;
    }
    if (ref.isEmpty()) {
      return plain(schema, depth);
    }
    open.push(ref);
    String shape = plain(schema, depth);
    open.pop();
    return shape;
  }

  private String plain(JsonNode schema, int depth) {
    JsonNode found = resolved(schema);
    for (String name : List.of("anyOf", "oneOf")) {
      if (found.path(name).isArray() && !found.has("properties")) {
        return joined(found.path(name).valueStream().map(one -> shape(one, depth + 1)).toList());
      }
    }
    if (found.path("enum").isArray()) {
      return choice(found.path("enum"));
    }
    if (found.has("const")) {
      return Json.write(found.path("const"));
    }
    JsonNode type = found.path("type");
    return type.isArray()
        ? joined(type.valueStream().map(t -> typed(t.asString(""), found, depth)).toList())
        : typed(type.asString(found.has("properties") ? "object" : ""), found, depth);
  }

  private static String joined(List<String> shapes) {
    return shapes.isEmpty() ? ANY : shapes.stream().distinct().collect(Collectors.joining(" or "));
  }

  private static String choice(JsonNode values) {
    String all =
        values.valueStream().limit(MAX_ENUM).map(Json::write).collect(Collectors.joining(" | "));
    return values.size() > MAX_ENUM ? all + " | …" : all;
  }

  private String typed(String type, JsonNode schema, int depth) {
    return switch (type) {
      case "object" -> object(schema, depth);
      case "array" -> "[" + shape(schema.path("items"), depth + 1) + ", …]";
      case "string" -> text(schema.path("format").asString(""));
      case "integer" -> "whole number";
      case "number" -> "number";
      case "boolean" -> "true or false";
      case "null" -> "null";
      default -> ANY;
    };
  }

  private static String text(String format) {
    return switch (format) {
      case "date" -> "date (YYYY-MM-DD)";
      case "date-time" -> "date and time (YYYY-MM-DDTHH:MM:SSZ)";
      case "" -> "text";
      default -> "text (" + Excerpt.ofLine(format, 40) + ")";
    };
  }

  private String object(JsonNode schema, int depth) {
    List<String> members = new ArrayList<>();
    for (var member : schema.path("properties").properties()) {
      String name = Json.write(StringNode.valueOf(member.getKey()));
      members.add(name + ": " + shape(member.getValue(), depth + 1));
    }
    if (members.isEmpty() && schema.path("additionalProperties").isObject()) {
      members.add("<text>: " + shape(schema.path("additionalProperties"), depth + 1) + ", …");
    }
    return members.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  /** A schema with what it refers to within the whole, and with all that it must be at once. */
  private JsonNode resolved(JsonNode schema) {
    JsonNode found = schema;
    for (int i = 0; i < MAX_DEPTH && found.path("$ref").isString(); i++) {
      String ref = found.path("$ref").stringValue();
      found = ref.startsWith("#") ? at(ref.substring(1)) : Json.object();
    }
    return found.path("allOf").isArray() ? merged(found) : found;
  }

  private JsonNode at(String pointer) {
    boolean valid = pointer.isEmpty() || pointer.startsWith("/");
    JsonNode found = valid ? root.at(pointer) : Json.object();
    return found.isMissingNode() ? Json.object() : found;
  }

  private JsonNode merged(JsonNode schema) {
    ObjectNode all = Json.object();
    for (JsonNode part : schema.path("allOf")) {
      if (++parts > MAX_PARTS) {
        break;
      }
      JsonNode one = part.has("allOf") ? part : resolved(part);
      one.properties()
          .forEach(
              member -> {
                if (member.getValue() instanceof ObjectNode more
                    && all.get(member.getKey()) instanceof ObjectNode before) {
                  before.setAll(more);
                } else {
                  all.set(member.getKey(), member.getValue().deepCopy());
                }
              });
    }
    schema
        .properties()
        .forEach(
            member -> {
              if (!member.getKey().equals("allOf")) {
                all.set(member.getKey(), member.getValue());
              }
            });
    return all;
  }
}
