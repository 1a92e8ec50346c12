package dev.hone.coerce;

import dev.hone.json.JsonParts;
import dev.hone.json.JsonParts.Part;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.Whole;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What the text around JSON values shows: whether they are items, or notes to what is written. */
final class PartGaps {
  private static final int MAX_MARKER_CHARS = 40;
  private static final int MAX_PROSE_CHARS = 10_000;
  private static final Pattern MARKER =
      Pattern.compile("(?:[\\s,;|]|```\\w{0,10}|[-*•–]|\\d{1,3}[.)]|(?i:and))*");
  private static final Pattern STOP = Pattern.compile("[.;,!)`*]{0,10}");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,;|()]+");

  private PartGaps() {}

  /** Whether values follow one another with nothing but marks between, on lines of their own. */
  static boolean separated(JsonParts parts) {
    for (int i = 1; i < parts.parts().size(); i++) {
      if (!isMarker(parts.before(i))) {
        return false;
      }
    }
    String line = firstLine(parts.after(parts.parts().size() - 1));
    return labelled(parts) && (isMarker(line) || STOP.matcher(line.strip()).matches());
  }

  /** Whether the first value begins its line, or is what a colon or the like announces. */
  static boolean labelled(JsonParts parts) {
    String before = parts.before(0);
    String line = before.substring(before.lastIndexOf('\n') + 1).strip();
    if (isMarker(line)) {
      return true;
    }
    int end = line.length();
    while (end > 0 && "*_` ".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    String said = line.substring(0, end);
    return end > 0 && ":=>→".indexOf(line.charAt(end - 1)) >= 0
        || said.endsWith(" is")
        || said.endsWith(" are");
  }

  /** Whether an array is no JSON but words in brackets within a text. */
  static boolean isProse(JsonParts parts, Part part) {
    return part.value().isArray()
        && !part.clean()
        && !parts.isWhole()
        && !holdsJson(parts.text(), part.start() + 1, part.end());
  }

  /** Whether a stretch of a text has quotes or brackets of JSON in it. */
  private static boolean holdsJson(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if ("\"'“`{[".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether an array is the numbers of sources, where no number can be an item. */
  static boolean isCitation(FieldType item, Part part) {
    boolean possible =
        item instanceof ObjectOf
            || item instanceof MapOf
            || item instanceof Choice
            || item instanceof Temporal;
    return possible
        && part.value().isArray()
        && !part.value().isEmpty()
        && part.value().valueStream().allMatch(number -> isNoItem(item, number));
  }

  private static boolean isNoItem(FieldType item, JsonNode number) {
    boolean possible = item instanceof Choice && Coercion.scalar(item, number) != null;
    return number.isIntegralNumber() && !possible;
  }

  /** Whether values stand in lines with bullets, while another such line has none. */
  static boolean missesBullet(JsonParts parts) {
    boolean some = false;
    boolean others = false;
    int next = 0;
    int from = 0;
    String text = parts.text();
    List<Part> values = parts.parts();
    while (from < text.length()) {
      int newline = text.indexOf('\n', from);
      int to = newline < 0 ? text.length() : newline;
      boolean inside = next > 0 && values.get(next - 1).end() > from;
      int before = next;
      while (next < values.size() && values.get(next).start() < to) {
        next++;
      }
      if (!inside && ItemText.isBulleted(text.substring(from, to))) {
        some |= next > before;
        others |= next == before;
      }
      from = to + 1;
    }
    return some && others;
  }

  /**
   * Whether the text around the values states other items than they do: at the beginning of a line
   * if the values are announced, else anywhere. So a source in brackets is not taken for the list.
   */
  static boolean statesOthers(FieldType item, JsonParts parts, JsonNode read) {
    boolean labelled = labelled(parts);
    if (item instanceof Whole || item instanceof Decimal) {
      String before = parts.before(0);
      boolean enclosed = before.lastIndexOf('(') > before.lastIndexOf(')');
      if (enclosed || read.size() == 1 && !labelled) {
        return true;
      }
    }
    StringBuilder prose = new StringBuilder(parts.before(0));
    for (int i = 0; i < parts.parts().size(); i++) {
      prose.append(' ').append(parts.after(i));
    }
    if (prose.length() > MAX_PROSE_CHARS) {
      return true;
    }
    Set<String> known = new HashSet<>();
    read.forEach(value -> known.add(ItemCoercion.identity(value)));
    return prose.toString().lines().anyMatch(line -> statesOther(item, line, known, labelled));
  }

  private static boolean statesOther(
      FieldType item, String line, Set<String> known, boolean firstOnly) {
    String[] words = BETWEEN_WORDS.split(ItemText.withoutBullet(line));
    for (int i = 0; i < (firstOnly ? Math.min(2, words.length) : words.length); i++) {
      if (words[i].isEmpty()) {
        continue;
      }
      if (isOther(item, words[i], known)
          || i + 1 < words.length && isOther(item, words[i] + " " + words[i + 1], known)) {
        return true;
      }
      if (firstOnly) {
        return false;
      }
    }
    return false;
  }

  private static boolean isOther(FieldType item, String words, Set<String> known) {
    JsonNode value = Coercion.scalar(item, StringNode.valueOf(words));
    return value != null && !known.contains(ItemCoercion.identity(value));
  }

  private static boolean isMarker(String gap) {
    String mark = gap.strip();
    return mark.length() <= MAX_MARKER_CHARS && MARKER.matcher(mark).matches();
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
