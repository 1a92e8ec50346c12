package dev.hone.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A field as the prompt describes it.
 *
 * @param name its name
 * @param type its type
 * @param description what it means; may be empty
 * @param limits the limits of its values
 * @param valueDescriptions what allowed values mean, where the prompt says so
 * @param details the parts of an object that the prompt says more about, by their path
 */
record ParsedField(
    String name,
    ParsedType type,
    String description,
    ParsedLimits limits,
    Map<String, String> valueDescriptions,
    Map<String, ParsedField> details) {

  /** A field of which only name and type are known. */
  static ParsedField of(String name, ParsedType type) {
    return new ParsedField(name, type, "", ParsedLimits.NONE, Map.of(), Map.of());
  }

  /** The same field with another description. */
  ParsedField withDescription(String value) {
    return new ParsedField(name, type, value, limits, valueDescriptions, details);
  }

  /** The same field with other limits. */
  ParsedField with(ParsedLimits value) {
    return new ParsedField(name, type, description, value, valueDescriptions, details);
  }

  /** The same field with what the lines below its bullet say. */
  ParsedField with(Map<String, String> valueDescriptions, Map<String, ParsedField> details) {
    return new ParsedField(
        name, type, description, limits, Map.copyOf(valueDescriptions), Map.copyOf(details));
  }

  /** The parts of an object, each with what the prompt says of it. */
  List<ParsedField> parts(ParsedType.ObjectOf object) {
    return object.fields().stream().map(this::part).toList();
  }

  private ParsedField part(ParsedField bare) {
    ParsedField known = details.getOrDefault(bare.name(), bare);
    String prefix = bare.name() + ".";
    Map<String, ParsedField> below = new HashMap<>();
    details.forEach(
        (path, field) -> {
          if (path.startsWith(prefix)) {
            below.put(path.substring(prefix.length()), field);
          }
        });
    return new ParsedField(
        bare.name(), bare.type(), known.description(), known.limits(), Map.of(), below);
  }
}
