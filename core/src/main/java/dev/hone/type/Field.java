package dev.hone.type;

import dev.hone.InvalidInputException;
import java.util.regex.Pattern;

/**
 * One named value that a call takes or returns.
 *
 * @param name its name: letters, digits and underscores, not starting with a digit
 * @param type its type
 * @param description what it means, for the model; empty if nothing was said
 * @param constraints limits beyond the type
 */
public record Field(String name, FieldType type, String description, Constraints constraints) {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  /** Checks the name. */
  public Field {
    if (!NAME.matcher(name).matches()) {
      throw InvalidInputException.of(
          "The field name \"" + name + "\" is not letters, digits and underscores",
          "rename it, for example to " + suggestion(name));
    }
    description = description.strip();
  }

  /** A field with neither description nor limits. */
  public static Field of(String name, FieldType type) {
    return new Field(name, type, "", Constraints.NONE);
  }

  /** A copy with another description. */
  public Field withDescription(String text) {
    return new Field(name, type, text, constraints);
  }

  private static String suggestion(String name) {
    String kept = name.replaceAll("[^\\p{L}\\p{N}_]+", "_");
    return kept.isEmpty() || Character.isDigit(kept.charAt(0)) ? "field_" + kept : kept;
  }
}
