package dev.hone.coerce;

import dev.hone.text.Excerpt;
import dev.hone.text.FoldedName;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.Bool;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.FieldType.Whole;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads a choice, number, truth value, date or time with something beside it that says nothing
 * else: in front of it the name of its field or type, or a word such as "answer"; behind it, after
 * a colon, a dash or in brackets, its own description, its own value or type once more, or the
 * weekday of its date. Anything else beside a value may change what it means, and is refused.
 */
final class Beside {
  private static final int MAX_CHARS = 4_000;
  private static final int MAX_PLACES = 12;
  private static final Set<String> LABELS =
      Set.of("answer", "finalanswer", "theansweris", "value", "result", "output");
  private static final Set<String> WHOLE_WORDS =
      Set.of("int", "integer", "long", "whole number", "number");
  private static final Set<String> DECIMAL_WORDS =
      Set.of("number", "float", "double", "decimal", "numeric");
  private static final Set<String> BOOL_WORDS = Set.of("bool", "boolean", "true or false");
  private static final Set<String> TEMPORAL_WORDS = Set.of("iso-8601", "iso 8601", "iso");

  private static final Pattern EMPHASIS = Pattern.compile("^[*_`]{1,3}\\s");

  private final FieldType type;
  private final String name;

  private Beside(FieldType type, String name) {
    this.type = type;
    this.name = name;
  }

  /**
   * The value of a text, or null where there is none or something else is said beside it.
   *
   * @param name the name of the field; empty if it has none
   */
  static @Nullable JsonNode read(FieldType type, String text, String name) {
    String whole = unboxed(RawText.withoutFence(text.strip()));
    if (whole.length() > MAX_CHARS) {
      return null;
    }
    Beside reader = new Beside(type, name);
    JsonNode found = reader.labelled(whole);
    return found == null ? reader.labelled(RawText.bare(whole)) : found;
  }

  private @Nullable JsonNode labelled(String text) {
    String rest = isNumber() ? text : ItemText.withoutBullet(text);
    JsonNode found = plain(rest);
    if (found != null) {
      return found;
    }
    int at = next(rest, 0, ":=(");
    if (at > 0 && isLabel(rest.substring(0, at))) {
      boolean bracket = rest.charAt(at) == '(';
      return bracket && !rest.strip().endsWith(")")
          ? null
          : plain(EMPHASIS.matcher(rest.substring(bracket ? at : at + 1)).replaceFirst(""));
    }
    return weekdayFirst(rest);
  }

  /** A value, or one with a note behind it. */
  private @Nullable JsonNode plain(String text) {
    String body = unboxed(text.strip());
    JsonNode value = scalar(body);
    int at = next(body, 1, ":-–—=(\n");
    for (int i = 0; value == null && at > 0 && i < MAX_PLACES; i++) {
      JsonNode candidate = scalar(body.substring(0, at));
      if (candidate != null && isNote(candidate, body.charAt(at), body.substring(at + 1))) {
        value = candidate;
      }
      at = next(body, at + 1, ":-–—=(\n");
    }
    return value;
  }

  private @Nullable JsonNode scalar(String text) {
    return Coercion.scalar(type, StringNode.valueOf(text));
  }

  /** Whether what stands behind a value, after a sign, adds no other meaning to it. */
  private boolean isNote(JsonNode value, char sign, String rest) {
    String note = rest.strip();
    boolean bracket = sign == '(';
    if (bracket && !note.endsWith(")") && !note.endsWith(").")) {
      return false;
    }
    String said = folded(bracket ? note.substring(0, note.lastIndexOf(')')) : note);
    if (said.isEmpty()) {
      return false;
    }
    if (type instanceof Choice choice && said.equals(folded(description(choice, value)))) {
      return true;
    }
    if (isTypeWord(said) || bracket && isWeekday(value, said)) {
      return bracket || sign == ':';
    }
    boolean words = type instanceof Choice || type instanceof Bool;
    return (bracket || words) && value.equals(scalar(said));
  }

  private @Nullable JsonNode weekdayFirst(String text) {
    int comma = text.indexOf(',');
    int at = comma < 0 ? text.indexOf(' ') : comma;
    JsonNode value = at < 0 || !isDate() ? null : scalar(text.substring(at + 1));
    return value != null && isWeekday(value, folded(text.substring(0, at))) ? value : null;
  }

  private boolean isLabel(String text) {
    String label = FoldedName.of(folded(text.replace("*", "").replace("`", "")));
    return !label.isEmpty()
        && scalar(text) == null
        && (label.equals(FoldedName.of(name))
            || LABELS.contains(label)
            || isTypeWord(folded(text)));
  }

  private boolean isTypeWord(String words) {
    if (type instanceof Temporal temporal) {
      String label = temporal.kind().label().toLowerCase(Locale.ROOT);
      String form = label.substring(label.indexOf('(') + 1, label.length() - 1);
      return words.equals(label)
          || words.equals(form)
          || words.equals(label.substring(0, label.indexOf('(')).strip())
          || TEMPORAL_WORDS.contains(words);
    }
    return type instanceof Whole && WHOLE_WORDS.contains(words)
        || type instanceof Decimal && DECIMAL_WORDS.contains(words)
        || type instanceof Bool && BOOL_WORDS.contains(words);
  }

  private boolean isDate() {
    return type instanceof Temporal temporal && temporal.kind() == TemporalKind.DATE;
  }

  private boolean isNumber() {
    return type instanceof Whole || type instanceof Decimal;
  }

  private boolean isWeekday(JsonNode date, String word) {
    if (!isDate()) {
      return false;
    }
    DayOfWeek day = LocalDate.parse(date.stringValue()).getDayOfWeek();
    return word.equalsIgnoreCase(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
        || word.equalsIgnoreCase(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
  }

  private static String description(Choice choice, JsonNode value) {
    return choice.allowed().stream()
        .filter(allowed -> allowed.name().equals(value.stringValue()))
        .map(Allowed::description)
        .findFirst()
        .orElse("");
  }

  /** Words without case, and without the quotes, emphasis, full stop and spaces around them. */
  private static String folded(String words) {
    return Excerpt.singleSpaced(RawText.bare(words)).toLowerCase(Locale.ROOT);
  }

  /** The inside of a box, as models that write formulas put around an answer. */
  private static String unboxed(String text) {
    String inner = text.startsWith("$") && text.endsWith("$") ? text.replace("$", "") : text;
    String box = "\\boxed{";
    return inner.startsWith(box) && inner.endsWith("}")
        ? inner.substring(box.length(), inner.length() - 1).strip()
        : text;
  }

  private static int next(String text, int from, String signs) {
    for (int i = from; i < text.length(); i++) {
      if (signs.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
