package dev.hone.local;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads types out of labels such as {@code list of object {city: text, size: one of S | M}}. */
final class TypeReader {
  private static final String TO_TEXT = " to text";
  private static final int DEEPEST = 20;
  private static final String ABSENT = ", or null";
  private static final Pattern PART = Pattern.compile(", [\\p{L}_][\\p{L}\\p{N}_]{0,200}: ");

  private TypeReader() {}

  /** The type; {@link ParsedType.Any} if the label is not understood. */
  static ParsedType read(String label) {
    return read(label.strip(), DEEPEST);
  }

  private static ParsedType read(String label, int depth) {
    if (depth == 0) {
      return new ParsedType.Any();
    }
    if (label.endsWith(ABSENT)) {
      String present = label.substring(0, label.length() - ABSENT.length());
      return new ParsedType.OptionalOf(read(present, depth - 1));
    }
    if (label.startsWith("(") && label.endsWith(")")) {
      return read(label.substring(1, label.length() - 1), depth - 1);
    }
    if (label.startsWith("list of ")) {
      return new ParsedType.ListOf(read(label.substring(8), depth - 1), false);
    }
    if (label.startsWith("set of ")) {
      return new ParsedType.ListOf(read(label.substring(7), depth - 1), true);
    }
    if (label.startsWith("object {") && label.endsWith("}")) {
      return new ParsedType.ObjectOf(parts(label.substring(8, label.length() - 1), depth - 1));
    }
    return label.startsWith("one of ")
        ? new ParsedType.Choice(List.of(label.substring(7).split(" \\| ", -1)))
        : scalar(label);
  }

  private static ParsedType map(String label) {
    boolean known = label.startsWith("one of ") && label.endsWith(TO_TEXT);
    String keys = known ? label.substring(7, label.length() - TO_TEXT.length()) : "";
    return new ParsedType.MapOf(known ? List.of(keys.split(" \\| ", -1)) : List.of());
  }

  private static ParsedType scalar(String label) {
    if (label.startsWith("map from ")) {
      return map(label.substring(9));
    }
    for (ParsedTemporal form : ParsedTemporal.values()) {
      if (label.startsWith(form.label())) {
        return new ParsedType.Temporal(form);
      }
    }
    return switch (label) {
      case "text" -> new ParsedType.Text();
      case "whole number" -> new ParsedType.Numeric(true);
      case "number" -> new ParsedType.Numeric(false);
      case "tool calls" -> new ParsedType.ToolCalls();
      case "true or false" -> new ParsedType.Bool();
      default -> new ParsedType.Any();
    };
  }

  /** The fields of an object: pieces between those commas that are outside of all brackets. */
  private static List<ParsedField> parts(String inside, int depth) {
    List<ParsedField> fields = new ArrayList<>();
    int open = 0;
    int start = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      open += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
      if (c == ',' && open == 0 && PART.matcher(inside).region(i, inside.length()).lookingAt()) {
        add(fields, inside.substring(start, i), depth);
        start = i + 2;
      }
    }
    add(fields, inside.substring(start), depth);
    return fields;
  }

  private static void add(List<ParsedField> fields, String piece, int depth) {
    int colon = piece.indexOf(": ");
    if (colon > 0) {
      fields.add(
          ParsedField.of(piece.substring(0, colon), read(piece.substring(colon + 2), depth)));
    }
  }
}
