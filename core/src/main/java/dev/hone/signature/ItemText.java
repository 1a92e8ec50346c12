package dev.hone.signature;

import dev.hone.signature.FieldType.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Splits a list that was written as text rather than as JSON. */
final class ItemText {
  private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•–]|\\d{1,3}[.)])\\s+(?=\\S)");
  private static final Pattern LINES = Pattern.compile("\\R");
  private static final Pattern SEPARATOR = Pattern.compile("\\s*(?:[;|]|,\\s+|\\R)\\s*");
  private static final Pattern TIGHT_SEPARATOR = Pattern.compile("\\s*[,;|\\n\\r]\\s*");
  private static final Pattern CHOICE_SEPARATOR =
      Pattern.compile("\\s*[,;|\\n\\r]\\s*|\\s+(?i:and|&)\\s+");
  private static final int MAX_NUMBER_CHARS = 100;
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+");

  private ItemText() {}

  /** Whether every line begins with a bullet or a number. */
  static boolean isList(String raw) {
    List<String> lines = lines(raw);
    return !lines.isEmpty() && lines.stream().allMatch(line -> BULLET.matcher(line).find());
  }

  /**
   * The items of a text: lines that begin with bullets, or for choices, numbers and the like what
   * commas separate, or one bare item. Empty if the text is several lines without bullets, since
   * nobody can tell where an item ends.
   */
  static Optional<List<String>> split(FieldType item, String raw) {
    if (isList(raw)) {
      return Optional.of(
          lines(raw).stream().map(line -> BULLET.matcher(line).replaceFirst("").strip()).toList());
    }
    if (item instanceof FieldType.Text) {
      String text = raw.strip();
      return LINES.matcher(text).find() ? Optional.empty() : Optional.of(List.of(unquoted(text)));
    }
    if (item instanceof Choice choice) {
      return Optional.of(choices(choice, raw));
    }
    boolean grouped = raw.length() < MAX_NUMBER_CHARS && GROUPED.matcher(raw.strip()).matches();
    return Optional.of(parts(grouped ? SEPARATOR : TIGHT_SEPARATOR, raw));
  }

  private static List<String> choices(Choice choice, String raw) {
    return ChoiceNames.find(choice, raw) != null
        ? List.of(raw)
        : parts(CHOICE_SEPARATOR, RawText.unbracketed(raw));
  }

  private static List<String> parts(Pattern separator, String raw) {
    List<String> parts = new ArrayList<>();
    for (String part : separator.split(raw.strip())) {
      String item = part.replaceFirst("^(?i:and|&)\\s+", "");
      if (!item.isBlank()) {
        parts.add(item);
      }
    }
    return parts;
  }

  private static String unquoted(String text) {
    int last = text.length() - 1;
    return last > 0 && text.charAt(0) == '"' && text.charAt(last) == '"'
        ? text.substring(1, last)
        : text;
  }

  private static List<String> lines(String raw) {
    return LINES.splitAsStream(raw).filter(line -> !line.isBlank()).toList();
  }
}
