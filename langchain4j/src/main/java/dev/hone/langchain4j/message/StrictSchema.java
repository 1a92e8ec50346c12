package dev.hone.langchain4j.message;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What OpenAI's strict mode takes of JSON schema. It answers with status 400 to any keyword that is
 * not on its list, to a schema without a type, and to an object with free or optional keys.
 *
 * <p>Source: OpenAI's guide to structured outputs, "Supported schemas", as of October 2025; that
 * {@code minLength}, {@code maxLength} and {@code uniqueItems} are refused is known from its
 * answers.
 */
final class StrictSchema {
  private static final int MAX_LEVELS = 10;
  private static final int MAX_ENUM_VALUES = 1000;

  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "title",
          "description",
          "enum",
          "const",
          "anyOf",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "minItems",
          "maxItems",
          "pattern",
          "format",
          "multipleOf",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum");

  private static final Set<String> FORMATS =
      Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid");

  private StrictSchema() {}

  /**
   * A copy without the sizes of texts, which strict mode does not take. The prompt states them and
   * the reply is checked for them, so that they are not worth the whole schema.
   */
  static ObjectNode withoutTextSizes(ObjectNode schema) {
    ObjectNode copy = schema.deepCopy();
    dropTextSizes(copy);
    return copy;
  }

  private static void dropTextSizes(JsonNode schema) {
    if (schema instanceof ObjectNode object && may(schema, "string")) {
      object.remove(List.of("minLength", "maxLength"));
    }
    schema.path("properties").forEach(StrictSchema::dropTextSizes);
    schema.path("anyOf").forEach(StrictSchema::dropTextSizes);
    dropTextSizes(schema, "items");
    dropTextSizes(schema, "additionalProperties");
  }

  private static void dropTextSizes(JsonNode schema, String key) {
    if (schema.has(key)) {
      dropTextSizes(schema.get(key));
    }
  }

  /** Whether strict mode takes a schema as that of a whole reply. */
  static boolean takes(JsonNode schema) {
    return may(schema, "object") && !schema.has("anyOf") && takes(schema, 1);
  }

  private static boolean takes(JsonNode schema, int level) {
    if (!schema.isObject() || level > MAX_LEVELS || !knows(schema)) {
      return false;
    }
    if (schema.has("anyOf")) {
      return all(schema.path("anyOf"), level);
    }
    return schema.has("type")
        && (!may(schema, "object") || closed(schema) && all(schema.path("properties"), level + 1))
        && (!may(schema, "array") || takes(schema.path("items"), level + 1));
  }

  private static boolean all(JsonNode schemas, int level) {
    return schemas.valueStream().allMatch(schema -> takes(schema, level));
  }

  /** Whether all keywords, formats and numbers of choices are within the subset. */
  private static boolean knows(JsonNode schema) {
    return KEYWORDS.containsAll(schema.propertyNames())
        && (!schema.has("format") || FORMATS.contains(schema.path("format").asString("")))
        && schema.path("enum").size() <= MAX_ENUM_VALUES;
  }

  /** Whether an object has no keys but its properties, and each of them must be there. */
  private static boolean closed(JsonNode schema) {
    JsonNode additional = schema.path("additionalProperties");
    List<String> required =
        schema.path("required").valueStream().map(name -> name.asString("")).toList();
    return additional.isBoolean()
        && !additional.asBoolean()
        && required.containsAll(schema.path("properties").propertyNames());
  }

  private static boolean may(JsonNode schema, String type) {
    JsonNode types = schema.path("type");
    return types.isArray()
        ? types.valueStream().anyMatch(one -> type.equals(one.asString("")))
        : type.equals(types.asString(""));
  }
}
