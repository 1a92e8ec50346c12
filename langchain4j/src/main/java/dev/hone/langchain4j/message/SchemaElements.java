package dev.hone.langchain4j.message;

import dev.hone.json.Json;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON schema as LangChain4j's own model of schemas, for those of its providers that take no
 * other, as Google's. What that model cannot express, such as a minimum, is told in the
 * description; references are resolved, up to a depth, below which any object will do.
 */
final class SchemaElements {
  private static final int MAX_DEPTH = 12;
  private static final Set<String> EXPRESSED =
      Set.of(
          "type",
          "description",
          "title",
          "enum",
          "anyOf",
          "oneOf",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "$ref",
          "$defs");

  private final JsonNode definitions;

  private SchemaElements(JsonNode definitions) {
    this.definitions = definitions;
  }

  /** The element of a whole schema of an object. */
  static JsonObjectSchema of(ObjectNode schema) {
    return new SchemaElements(schema.path("$defs")).object(schema, 0);
  }

  private JsonSchemaElement element(JsonNode schema, int depth) {
    JsonNode meant = resolved(schema);
    if (depth > MAX_DEPTH) {
      return JsonObjectSchema.builder().build();
    }
    JsonNode choices = meant.has("anyOf") ? meant.path("anyOf") : meant.path("oneOf");
    if (choices.isArray()) {
      return anyOf(choices.valueStream().toList(), described(meant), depth);
    }
    JsonNode type = meant.path("type");
    if (type.isArray()) {
      return anyOf(
          type.valueStream().map(one -> withType(meant, one.asString(""))).toList(), null, depth);
    }
    return single(meant, type.asString(meant.has("properties") ? "object" : "string"), depth);
  }

  private static JsonNode withType(JsonNode schema, String type) {
    ObjectNode one = ((ObjectNode) schema).deepCopy();
    if (type.equals("null")) {
      return Json.object().put("type", "null");
    }
    return one.put("type", type);
  }

  private JsonSchemaElement anyOf(List<JsonNode> choices, @Nullable String told, int depth) {
    List<JsonSchemaElement> elements = new ArrayList<>();
    choices.forEach(choice -> elements.add(element(choice, depth + 1)));
    return elements.size() == 1
        ? elements.get(0)
        : JsonAnyOfSchema.builder().description(told).anyOf(elements).build();
  }

  private JsonSchemaElement single(JsonNode schema, String type, int depth) {
    String told = described(schema);
    if (schema.path("enum").isArray() && type.equals("string")) {
      List<String> values = schema.path("enum").valueStream().map(one -> one.asString("")).toList();
      return JsonEnumSchema.builder().description(told).enumValues(values).build();
    }
    return switch (type) {
      case "object" -> object(schema, depth);
      case "array" ->
          JsonArraySchema.builder()
              .description(told)
              .items(element(schema.path("items"), depth + 1))
              .build();
      case "integer" -> JsonIntegerSchema.builder().description(told).build();
      case "number" -> JsonNumberSchema.builder().description(told).build();
      case "boolean" -> JsonBooleanSchema.builder().description(told).build();
      case "null" -> new JsonNullSchema();
      default -> JsonStringSchema.builder().description(told).build();
    };
  }

  private JsonObjectSchema object(JsonNode schema, int depth) {
    Map<String, JsonSchemaElement> properties = new LinkedHashMap<>();
    schema
        .path("properties")
        .properties()
        .forEach(entry -> properties.put(entry.getKey(), element(entry.getValue(), depth + 1)));
    JsonObjectSchema.Builder builder =
        JsonObjectSchema.builder()
            .description(described(schema))
            .addProperties(properties)
            .required(schema.path("required").valueStream().map(one -> one.asString("")).toList());
    if (schema.path("additionalProperties").isBoolean()) {
      builder.additionalProperties(schema.path("additionalProperties").booleanValue());
    }
    return builder.build();
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode at = schema;
    for (int hops = 0; at.path("$ref").isString() && hops < MAX_DEPTH; hops++) {
      at = definitions.path(at.path("$ref").stringValue().replaceFirst("^#/\\$defs/", ""));
    }
    return at;
  }

  /** The description, with the keywords that cannot be expressed otherwise; null if neither. */
  private static @Nullable String described(JsonNode schema) {
    ObjectNode rest = Json.object();
    schema.properties().stream()
        .filter(entry -> !EXPRESSED.contains(entry.getKey()))
        .forEach(entry -> rest.set(entry.getKey(), entry.getValue()));
    boolean told =
        schema.path("enum").isArray() && !schema.path("type").asString("").equals("string");
    if (told) {
      rest.set("enum", schema.path("enum"));
    }
    String description = schema.path("description").asString("");
    String all =
        rest.isEmpty() ? description : (description + " (" + Json.write(rest) + ")").strip();
    return all.isEmpty() ? null : all;
  }
}
