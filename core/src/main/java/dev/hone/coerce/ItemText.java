package dev.hone.coerce;

import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Splits a list that was written as text rather than as JSON. Separators have no repetition in
 * them, so that time grows with the length of the text only.
 */
final class ItemText {
  private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•–]|\\d{1,3}[.)])\\s+(?=\\S)");
  private static final Pattern LINES = Pattern.compile("\\R");
  private static final Pattern SEPARATOR = Pattern.compile("[;|]|,(?=\\s)|\\R");
  private static final Pattern TIGHT_SEPARATOR = Pattern.compile("[,;|\\n\\r]");
  private static final Pattern CHOICE_SEPARATOR =
      Pattern.compile("[,;|\\n\\r]|\\s(?i:and|&)(?=\\s)");
  private static final Pattern AND = Pattern.compile("^(?i:and|&)\\s+");
  private static final int MAX_NUMBER_CHARS = 100;
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+");

  private ItemText() {}

  /** Whether every line begins with a bullet or a number. */
  static boolean isList(String raw) {
    List<String> lines = lines(raw);
    return !lines.isEmpty() && lines.stream().allMatch(ItemText::isBulleted);
  }

  /** Whether a line begins with a bullet or a number, and goes on. */
  static boolean isBulleted(String line) {
    return BULLET.matcher(line).find();
  }

  /**
   * The items of a text: lines that begin with bullets, quoted texts with separators between them,
   * or for choices, numbers and the like what commas separate, or one bare item. Quotes that
   * enclose a whole item are dropped. Empty if the text is several lines without bullets or quotes,
   * since it is unclear where an item ends.
   */
  static Optional<List<String>> split(FieldType item, String raw) {
    if (isList(raw)) {
      return Optional.of(lines(raw).stream().map(ItemText::withoutBullet).toList());
    }
    List<String> quoted = QuotedText.sequence(raw);
    if (quoted.size() > 1 || item instanceof FieldType.Text && !quoted.isEmpty()) {
      return Optional.of(quoted);
    }
    if (item instanceof FieldType.Text) {
      String text = raw.strip();
      return LINES.matcher(text).find() ? Optional.empty() : Optional.of(List.of(text));
    }
    if (item instanceof Choice choice) {
      return Optional.of(choices(choice, raw));
    }
    boolean grouped = raw.length() < MAX_NUMBER_CHARS && GROUPED.matcher(raw.strip()).matches();
    return Optional.of(parts(grouped ? SEPARATOR : TIGHT_SEPARATOR, raw));
  }

  /** A line without the bullet that it begins with and the quotes around the rest. */
  static String withoutBullet(String line) {
    String item = BULLET.matcher(line).replaceFirst("").strip();
    List<String> quoted = QuotedText.sequence(item);
    return quoted.size() == 1 ? quoted.get(0) : item;
  }

  private static List<String> choices(Choice choice, String raw) {
    return ChoiceNames.find(choice, raw) != null
        ? List.of(raw)
        : parts(CHOICE_SEPARATOR, RawText.unbracketed(raw));
  }

  private static List<String> parts(Pattern separator, String raw) {
    List<String> parts = new ArrayList<>();
    for (String part : separator.split(raw)) {
      String item = AND.matcher(part.strip()).replaceFirst("");
      if (!item.isBlank()) {
        parts.add(item);
      }
    }
    return parts;
  }

  private static List<String> lines(String raw) {
    return LINES.splitAsStream(raw).filter(line -> !line.isBlank()).toList();
  }
}
