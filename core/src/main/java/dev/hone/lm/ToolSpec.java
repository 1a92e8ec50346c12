package dev.hone.lm;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool as a model knows it: its name, what it is for, and the JSON schema of its arguments. No
 * part of a signature or its fingerprint. Immutable; equal contents, equal specifications.
 */
public final class ToolSpec {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final String name;
  private final String description;
  private final ObjectNode parameters;

  private ToolSpec(String name, String description, ObjectNode parameters) {
    this.name = name;
    this.description = description;
    this.parameters = parameters;
  }

  /**
   * A specification.
   *
   * @param name 1 to 64 letters, digits, underscores and hyphens of ASCII, as providers want it
   * @param description what the tool does and when to call it; may be empty
   * @param parameters the JSON schema of an object, copied
   * @throws InvalidInputException if the name is of another form, or the schema is of no object
   */
  public static ToolSpec of(String name, String description, ObjectNode parameters) {
    if (!NAME.matcher(name).matches()) {
      throw InvalidInputException.of(
          "The tool name \"%s\" is not 1 to 64 letters, digits, underscores and hyphens"
              .formatted(name),
          "rename the tool, for example to search_orders");
    }
    if (!parameters.path("type").asString("object").equals("object")) {
      throw InvalidInputException.of(
          "The arguments of the tool \"%s\" have the schema %s, expected that of an object"
              .formatted(name, Json.write(parameters)),
          "wrap them in {\"type\": \"object\", \"properties\": ...}");
    }
    return new ToolSpec(name, description.strip(), parameters.deepCopy());
  }

  /** A copy with another description. */
  public ToolSpec withDescription(String value) {
    return new ToolSpec(name, value.strip(), parameters);
  }

  /** What calls refer to it by. */
  public String name() {
    return name;
  }

  /** What it does and when to call it; may be empty. */
  public String description() {
    return description;
  }

  /** A copy of the JSON schema of its arguments. */
  public ObjectNode parameters() {
    return parameters.deepCopy();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ToolSpec spec
        && spec.name.equals(name)
        && spec.description.equals(description)
        && spec.parameters.equals(parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, description, parameters);
  }

  /** One line, such as {@code ToolSpec[search: finds passages]}. */
  @Override
  public String toString() {
    return "ToolSpec[%s: %s]".formatted(name, description);
  }
}
