package dev.hone.mcp;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.FieldType;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads arguments by the JSON schema that a server has for them. */
final class SchemaArguments {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final Pattern SAID =
      Pattern.compile("Validation failed: [^\\[\\]]*\\[(?:: )?(.*)]", Pattern.DOTALL);

  private final ObjectNode schema;
  private final Map<String, Object> schemaMap;

  SchemaArguments(ObjectNode schema) {
    this.schema = schema;
    this.schemaMap = map(schema);
  }

  /** A schema, which some servers leave out where there are no arguments. */
  static ObjectNode object(@Nullable Map<String, Object> schema) {
    ObjectNode object = schema == null ? Json.object() : (ObjectNode) json(schema);
    return object.has("type") ? object : object.put("type", "object");
  }

  static JsonNode json(Object value) {
    return Json.parse(MAPPER.writeValueAsString(value));
  }

  static Map<String, Object> map(ObjectNode node) {
    return MAPPER.readValue(Json.write(node), new TypeReference<Map<String, Object>>() {});
  }

  /**
   * The arguments as the server takes them.
   *
   * @throws TypeMismatchException if the schema refuses them
   */
  ObjectNode read(ObjectNode given) {
    ObjectNode read = Json.object();
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asString("")));
    given
        .properties()
        .forEach(
            entry -> {
              JsonNode type = schema.path("properties").path(entry.getKey());
              JsonNode value = entry.getValue();
              if (!value.isNull() || required.contains(entry.getKey()) || takesNull(type)) {
                read.set(entry.getKey(), value.isString() ? plain(value, type) : value);
              }
            });
    ValidationResponse checked =
        McpJsonDefaults.getSchemaValidator().validate(schemaMap, map(read));
    if (!checked.valid()) {
      throw new TypeMismatchException("", problem(String.valueOf(checked.errorMessage())));
    }
    return read;
  }

  /** What the validator says, without the words that it says every time. */
  private static String problem(String said) {
    Matcher matcher = SAID.matcher(said);
    return matcher.matches() ? matcher.group(1) : said;
  }

  private static boolean takesNull(JsonNode type) {
    return names(type).contains("null")
        || type.path("anyOf").valueStream().anyMatch(SchemaArguments::takesNull)
        || type.path("oneOf").valueStream().anyMatch(SchemaArguments::takesNull);
  }

  private static List<String> names(JsonNode type) {
    JsonNode names = type.path("type");
    return names.isArray()
        ? names.valueStream().map(name -> name.asString("")).toList()
        : List.of(names.asString(""));
  }

  /** What was written as a text, as the number or truth value that is wanted; else as it is. */
  private static JsonNode plain(JsonNode text, JsonNode type) {
    List<String> names = names(type);
    if (names.contains("string")) {
      return text;
    }
    for (String name : names) {
      FieldType wanted =
          switch (name) {
            case "integer" -> new FieldType.Whole(0);
            case "number" -> new FieldType.Decimal(true);
            case "boolean" -> new FieldType.Bool();
            default -> null;
          };
      if (wanted != null) {
        try {
          return Coercion.value(wanted, text, "");
        } catch (TypeMismatchException e) {
          // The check of the schema says what is wrong with it.
          return text;
        }
      }
    }
    return text;
  }
}
