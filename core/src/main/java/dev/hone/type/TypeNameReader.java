package dev.hone.type;

import dev.hone.InvalidInputException;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.TemporalKind;
import java.util.ArrayList;
import java.util.List;

/** Reads the names that {@link TypeName} writes: nothing else, and nothing less strictly. */
final class TypeNameReader {
  private static final int MOST_LEVELS = 500;

  private final String text;
  private int at;
  private int level;

  private TypeNameReader(String text) {
    this.text = text;
  }

  static FieldType read(String text) {
    TypeNameReader reader = new TypeNameReader(text);
    FieldType type = reader.type();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end");
    }
    return type;
  }

  private FieldType type() {
    if (++level > MOST_LEVELS) {
      throw unexpected("at most %d levels".formatted(MOST_LEVELS));
    }
    String word = word();
    FieldType type =
        switch (word) {
          case "list" -> new FieldType.ListOf(inner());
          case "set" -> new FieldType.SetOf(inner());
          case "optional" -> new FieldType.OptionalOf(inner());
          case "map" -> map();
          case "choice" -> new FieldType.Choice(values());
          case "object" -> new FieldType.ObjectOf("", parts());
          default -> scalar(word);
        };
    level--;
    return type;
  }

  private FieldType scalar(String word) {
    return switch (word) {
      case "text" -> new FieldType.Text();
      case "boolean" -> new FieldType.Bool();
      case "json" -> new FieldType.Any();
      case "int8" -> new FieldType.Whole(8);
      case "int16" -> new FieldType.Whole(16);
      case "int32" -> new FieldType.Whole(32);
      case "int64" -> new FieldType.Whole(64);
      case "integer" -> new FieldType.Whole(0);
      case "float" -> new FieldType.Decimal(false);
      case "decimal" -> new FieldType.Decimal(true);
      case "date" -> new FieldType.Temporal(TemporalKind.DATE);
      case "time" -> new FieldType.Temporal(TemporalKind.TIME);
      case "datetime" -> new FieldType.Temporal(TemporalKind.DATE_TIME);
      case "instant" -> new FieldType.Temporal(TemporalKind.INSTANT);
      case "offset-datetime" -> new FieldType.Temporal(TemporalKind.OFFSET_DATE_TIME);
      case "duration" -> new FieldType.Temporal(TemporalKind.DURATION);
      case "image" -> new FieldType.Message(MessageKind.IMAGE);
      case "file" -> new FieldType.Message(MessageKind.FILE);
      case "history" -> new FieldType.Message(MessageKind.HISTORY);
      case "trajectory" -> new FieldType.Message(MessageKind.TRAJECTORY);
      case "toolcalls" -> new FieldType.Message(MessageKind.TOOL_CALLS);
      default -> throw unexpected("a type, not \"" + word + "\"");
    };
  }

  private FieldType inner() {
    expect("<");
    FieldType type = type();
    expect(">");
    return type;
  }

  private FieldType map() {
    expect("<");
    FieldType key = type();
    expect(", ");
    FieldType value = type();
    expect(">");
    return new FieldType.MapOf(key, value);
  }

  private List<Allowed> values() {
    List<Allowed> values = new ArrayList<>();
    expect("{");
    do {
      values.add(new Allowed(value(), ""));
    } while (skip(", "));
    expect("}");
    return values;
  }

  private List<Field> parts() {
    List<Field> parts = new ArrayList<>();
    expect("{");
    if (skip("}")) {
      return parts;
    }
    do {
      String name = upTo(": ");
      parts.add(Field.of(name, type()));
    } while (skip(", "));
    expect("}");
    return parts;
  }

  private String value() {
    if (!skip("\"")) {
      return word();
    }
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 1 : 0;
      value.append(at < text.length() ? text.charAt(at++) : "");
    }
    expect("\"");
    return value.toString();
  }

  /** Letters, digits, "_", "-" and ".", as a scalar or a bare value has them; at least one. */
  private String word() {
    int start = at;
    while (at < text.length() && isOfWord(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == start) {
      throw unexpected("a name");
    }
    return text.substring(start, at);
  }

  private static boolean isOfWord(int c) {
    return "_.-".indexOf(c) >= 0
        || Character.isLetter(c)
        || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER
        || Character.getType(c) == Character.LETTER_NUMBER
        || Character.getType(c) == Character.OTHER_NUMBER;
  }

  private String upTo(String end) {
    int to = text.indexOf(end, at);
    if (to < 0) {
      throw unexpected("\"" + end + "\"");
    }
    String part = text.substring(at, to);
    at = to + end.length();
    return part;
  }

  private boolean skip(String token) {
    boolean there = text.startsWith(token, at);
    at += there ? token.length() : 0;
    return there;
  }

  private void expect(String token) {
    if (!skip(token)) {
      throw unexpected("\"" + token + "\"");
    }
  }

  private InvalidInputException unexpected(String expected) {
    return InvalidInputException.of(
        "The type \"%s\" cannot be read: at character %d expected %s"
            .formatted(text.length() > 200 ? text.substring(0, 200) + "…" : text, at + 1, expected),
        "write it as FieldType.typeName() does");
  }
}
