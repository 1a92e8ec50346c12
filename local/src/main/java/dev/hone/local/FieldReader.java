package dev.hone.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads bullets such as {@code - `score` (whole number; at least 0): how well it fits}. */
final class FieldReader {
  private static final Pattern LIMITS = Pattern.compile("; (?:size )?at (?:least|most) ");
  private static final String BULLET = "- `";
  private static final String DETAIL = "    - ";

  private final List<ParsedField> fields = new ArrayList<>();
  private @Nullable ParsedField field;
  private final Map<String, String> valueDescriptions = new HashMap<>();
  private final Map<String, ParsedField> details = new HashMap<>();

  private FieldReader() {}

  /** The fields that the lines after a heading describe, up to the next blank line. */
  static List<ParsedField> below(String heading, List<String> lines) {
    FieldReader reader = new FieldReader();
    int start = lines.indexOf(heading);
    for (int i = start + 1; start >= 0 && i < lines.size() && !lines.get(i).isBlank(); i++) {
      reader.line(lines.get(i));
    }
    reader.finish();
    return List.copyOf(reader.fields);
  }

  /** The fields of a text that lists fields and does nothing else; else none. */
  static List<ParsedField> all(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    FieldReader reader = new FieldReader();
    for (String line : lines) {
      if (!line.startsWith(BULLET) && !line.startsWith(DETAIL)) {
        return List.of();
      }
      reader.line(line);
    }
    reader.finish();
    return List.copyOf(reader.fields);
  }

  private void line(String line) {
    if (line.startsWith(BULLET)) {
      finish();
      field = bullet(line);
    } else if (line.startsWith(DETAIL + "`")) {
      ParsedField part = bullet(line.stripLeading());
      if (part != null) {
        details.put(part.name(), part);
      }
    } else if (line.startsWith(DETAIL) && field != null) {
      valueDescription(field, line.substring(DETAIL.length()));
    }
  }

  private void finish() {
    if (field != null) {
      fields.add(field.with(valueDescriptions, details));
    }
    field = null;
    valueDescriptions.clear();
    details.clear();
  }

  /** The longest allowed value that the line begins with is the one described. */
  private void valueDescription(ParsedField described, String line) {
    allowed(described.type()).stream()
        .filter(value -> line.startsWith(value + ": "))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .ifPresent(value -> valueDescriptions.put(value, line.substring(value.length() + 2)));
  }

  private static List<String> allowed(ParsedType type) {
    ParsedType present = type.present();
    if (present instanceof ParsedType.ListOf list) {
      return allowed(list.item());
    }
    return present instanceof ParsedType.Choice choice ? choice.allowed() : List.of();
  }

  private static @Nullable ParsedField bullet(String line) {
    int nameEnd = line.indexOf("` (");
    int close = nameEnd < 0 ? -1 : close(line, nameEnd + 2);
    if (close < 0) {
      return null;
    }
    String inside = line.substring(nameEnd + 3, close);
    Matcher limits = LIMITS.matcher(inside);
    boolean limited = limits.find();
    return new ParsedField(
        line.substring(BULLET.length(), nameEnd),
        TypeReader.read(limited ? inside.substring(0, limits.start()) : inside),
        line.startsWith("): ", close) ? line.substring(close + 3) : "",
        limited ? ParsedLimits.of(inside.substring(limits.start())) : ParsedLimits.NONE,
        Map.of(),
        Map.of());
  }

  /** The bracket that closes the type: the first that pairs, and ends the line or the bullet. */
  private static int close(String line, int open) {
    int depth = 0;
    for (int i = open; i < line.length(); i++) {
      char c = line.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ')' && depth <= 0 && (i == line.length() - 1 || line.startsWith("): ", i))) {
        return i;
      }
    }
    return line.lastIndexOf(')');
  }
}
