package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.MessageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the string form of a signature; the grammar is in {@link Signature#parse(String)}. */
final class SignatureParser {
  private static final String TYPES =
      "str, int, float, bool, date, time, datetime, json, image, file, history, reasoning,"
          + " enum[a|b], list[T], set[T], dict[str, T] or T?";

  private final String text;

  private SignatureParser(String text) {
    this.text = text;
  }

  /** The fields of both sides. */
  record Sides(List<Field> inputs, List<Field> outputs) {}

  static Sides parse(String text) {
    return new SignatureParser(text).sides();
  }

  private Sides sides() {
    String[] parts = text.split("->", -1);
    if (parts.length != 2) {
      throw fail(
          "has %d arrows, expected exactly one".formatted(parts.length - 1),
          "write it as: question -> answer");
    }
    return new Sides(fields(parts[0]), fields(parts[1]));
  }

  private List<Field> fields(String side) {
    if (side.isBlank()) {
      throw fail("has an empty side", "name at least one field on each side of ->");
    }
    return split(side, ',').stream().map(this::field).toList();
  }

  private Field field(String part) {
    if (part.isBlank()) {
      throw fail("has an empty field between two commas", "remove one comma");
    }
    int colon = part.indexOf(':');
    return colon < 0
        ? Field.of(part.strip(), new FieldType.Text())
        : Field.of(part.substring(0, colon).strip(), type(part.substring(colon + 1).strip()));
  }

  private FieldType type(String name) {
    if (name.endsWith("?")) {
      return new FieldType.OptionalOf(type(name.substring(0, name.length() - 1).strip()));
    }
    int bracket = name.indexOf('[');
    if (bracket >= 0 && name.endsWith("]")) {
      String inner = name.substring(bracket + 1, name.length() - 1);
      return generic(name.substring(0, bracket).strip().toLowerCase(Locale.ROOT), inner, name);
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "str", "string", "text" -> new FieldType.Text();
      case "reasoning" -> new FieldType.Text(true);
      case "int", "integer", "long" -> new FieldType.Whole(64);
      case "float", "double", "number" -> new FieldType.Decimal(false);
      case "bool", "boolean" -> new FieldType.Bool();
      case "date" -> new FieldType.Temporal(TemporalKind.DATE);
      case "time" -> new FieldType.Temporal(TemporalKind.TIME);
      case "datetime" -> new FieldType.Temporal(TemporalKind.DATE_TIME);
      case "json", "any" -> new FieldType.Any();
      case "image" -> new FieldType.Message(MessageKind.IMAGE);
      case "file" -> new FieldType.Message(MessageKind.FILE);
      case "history" -> new FieldType.Message(MessageKind.HISTORY);
      default -> throw unknown(name);
    };
  }

  private FieldType generic(String name, String inner, String whole) {
    return switch (name) {
      case "list" -> new FieldType.ListOf(type(inner.strip()));
      case "set" -> new FieldType.SetOf(type(inner.strip()));
      case "optional" -> new FieldType.OptionalOf(type(inner.strip()));
      case "enum", "literal" -> choice(inner);
      case "dict", "map" -> map(inner, whole);
      default -> throw unknown(whole);
    };
  }

  private FieldType map(String inner, String whole) {
    List<String> parts = split(inner, ',');
    if (parts.size() != 2) {
      throw unknown(whole);
    }
    return new FieldType.MapOf(type(parts.get(0).strip()), type(parts.get(1).strip()));
  }

  private FieldType choice(String inner) {
    List<String> values = split(inner, '|', 1);
    if (values.size() == 1) {
      values = split(inner, ',', 1);
    }
    List<Allowed> allowed = new ArrayList<>();
    for (String value : values) {
      String bare = unquoted(value.strip());
      if (bare.isEmpty()) {
        throw fail("has an enum with an empty value", "write it as: enum[low|high]");
      }
      allowed.add(new Allowed(bare, ""));
    }
    return new FieldType.Choice(allowed);
  }

  private String unquoted(String value) {
    if (value.isEmpty() || !isQuote(value.charAt(0))) {
      return value;
    }
    if (closing(value, 0) != value.length() - 1) {
      throw fail(
          "has an enum with the value %s, whose quote is not closed at its end".formatted(value),
          "write it as: enum['a|b'|c]");
    }
    return value.substring(1, value.length() - 1).strip();
  }

  private InvalidInputException unknown(String type) {
    return fail("has the type \"" + type + "\", expected " + TYPES, "use one of those");
  }

  private InvalidInputException fail(String problem, String fix) {
    return InvalidInputException.of("The signature \"" + text.strip() + "\" " + problem, fix);
  }

  /** Splits at a separator that is neither inside brackets nor inside the quotes of an enum. */
  private static List<String> split(String text, char separator) {
    return split(text, separator, 0);
  }

  /**
   * Splits at a separator outside of the brackets that open here.
   *
   * @param level 1 inside of an enum, where values may stand in quotes; else 0
   */
  private static List<String> split(String text, char separator, int level) {
    List<String> parts = new ArrayList<>();
    int depth = level;
    int start = 0;
    boolean first = level > 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (first && depth > 0 && isQuote(c)) {
        i = Math.max(i, closing(text, i));
      }
      first = c == '[' || c == '|' || c == ',' || first && Character.isWhitespace(c);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == separator && depth == level) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** The index of the quote that closes the one at an index: before a separator; -1 for none. */
  private static int closing(String text, int open) {
    int at = text.indexOf(text.charAt(open), open + 1);
    while (at >= 0) {
      String after = text.substring(at + 1).stripLeading();
      if (after.isEmpty() || "|,]".indexOf(after.charAt(0)) >= 0) {
        return at;
      }
      at = text.indexOf(text.charAt(open), at + 1);
    }
    return -1;
  }
}
