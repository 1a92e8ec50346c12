package dev.hone.local;

import dev.hone.lm.ToolSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A tool as a prompt describes it.
 *
 * @param name what calls refer to it by
 * @param description what it does and when to call it; may be empty
 * @param parameters its arguments; those that may be left out are optional
 */
record ParsedTool(String name, String description, List<ParsedField> parameters) {
  /** The tool that a request offers natively. */
  static ParsedTool of(ToolSpec spec) {
    JsonNode schema = spec.parameters();
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asString("")));
    List<ParsedField> parameters = new ArrayList<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            e -> parameters.add(field(e.getKey(), e.getValue(), required.contains(e.getKey()))));
    return new ParsedTool(spec.name(), spec.description(), List.copyOf(parameters));
  }

  private static ParsedField field(String name, JsonNode schema, boolean required) {
    ParsedType type = type(schema);
    return ParsedField.of(name, required ? type : new ParsedType.OptionalOf(type))
        .withDescription(schema.path("description").asString(""));
  }

  private static ParsedType type(JsonNode schema) {
    List<String> allowed = new ArrayList<>();
    schema.path("enum").forEach(value -> allowed.add(value.asString("")));
    if (!allowed.isEmpty()) {
      return new ParsedType.Choice(allowed);
    }
    return switch (schema.path("type").asString("")) {
      case "string" -> new ParsedType.Text();
      case "integer" -> new ParsedType.Numeric(true);
      case "number" -> new ParsedType.Numeric(false);
      case "boolean" -> new ParsedType.Bool();
      case "array" -> new ParsedType.ListOf(type(schema.path("items")), false);
      default -> new ParsedType.Any();
    };
  }

  /** All that is said of it, a sentence each: of the tool first, then of its parameters. */
  List<String> sayings() {
    List<String> sayings = new ArrayList<>(TextTokens.sentences(description));
    parameters.forEach(parameter -> sayings.addAll(TextTokens.sentences(parameter.description())));
    return sayings;
  }
}
