package dev.hone.coerce;

import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a list that was written as text rather than as JSON. Separators have no repetition in
 * them, so that time grows with the length of the text only.
 */
final class ItemText {
  private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•–]|\\d{1,3}[.)])\\s+(?=\\S)");
  private static final Pattern LINES = Pattern.compile("\\R");
  private static final Pattern NEVER = Pattern.compile("(?!)");
  private static final Pattern STRONG = Pattern.compile("[;|；、｜]|\\R");
  private static final Pattern SPACED_COMMA = Pattern.compile("[;|；、｜]|[,，](?=\\s)|\\R");
  private static final Pattern TIGHT_SEPARATOR = Pattern.compile("[,，;；、|｜\\n\\r]");
  private static final Pattern CHOICE_SEPARATOR =
      Pattern.compile("[,，;；、|｜\\n\\r]|\\s(?i:and|&)(?=\\s)");
  private static final Pattern GROUPS = Pattern.compile("[+-]?[1-9]\\d{0,2}(?:,[1-9]\\d{2})+");
  private static final Pattern DIGIT_COMMA = Pattern.compile("\\d,\\d");
  private static final Pattern OTHER_SEPARATOR = Pattern.compile("[;|；、｜\\n\\r]|[,，](?=\\s)");
  private static final Pattern GROUP = Pattern.compile("\\s*\\d{3}(?:\\.\\d*)?\\s*");

  private ItemText() {}

  /** Whether every line begins with a bullet or a number. */
  static boolean isList(String raw) {
    List<String> lines = lines(raw);
    return !lines.isEmpty() && lines.stream().allMatch(ItemText::isBulleted);
  }

  /** Whether a line begins with a bullet or a number, and goes on. */
  static boolean isBulleted(String line) {
    return mayBeBulleted(line) && BULLET.matcher(line).find();
  }

  /** Whether a line begins with a sign or digit that may begin a bullet. */
  private static boolean mayBeBulleted(String line) {
    int at = 0;
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    char first = at < line.length() ? line.charAt(at) : ' ';
    return "-*•–".indexOf(first) >= 0 || Character.isDigit(first);
  }

  /**
   * The items of a text that is no JSON. For texts: {@link TextItems}. For others: lines that begin
   * with bullets, quoted texts with separators between them, or else what lines, semicolons and
   * bars, or commas separate: the first of these by which every item has its type. What stands in
   * round brackets is not taken apart.
   *
   * @throws TypeMismatchException if it is unclear where an item ends
   */
  static List<String> split(FieldType type, FieldType item, String raw, String path) {
    FieldType present = item.withoutOptional();
    if (present instanceof FieldType.Text) {
      return TextItems.of(type, raw, path);
    }
    if (isList(raw)) {
      return lines(raw).stream().map(ItemText::withoutBullet).toList();
    }
    List<String> quoted = QuotedText.sequence(raw);
    if (quoted.size() > 1) {
      return quoted;
    }
    if (present instanceof FieldType.Any) {
      return TextItems.of(type, raw, path);
    }
    return Coercion.isSingle(present) ? separated(type, present, raw, path) : bare(type, raw, path);
  }

  /**
   * Whether a comma between digits may belong to a number: where other separators are there too, or
   * where a number with a fraction is asked for and there are two parts.
   */
  private static boolean mayBeFractions(FieldType item, String text, int parts) {
    return DIGIT_COMMA.matcher(text).find()
        && (OTHER_SEPARATOR.matcher(text).find()
            || item instanceof FieldType.Decimal && parts == 2 && text.indexOf('.') < 0);
  }

  /** A bare item of a list of lists or the like; where one ends cannot be told. */
  private static List<String> bare(FieldType type, String raw, String path) {
    if (parts(TIGHT_SEPARATOR, raw).size() > 1) {
      throw ItemCoercion.mismatch(type, raw, path);
    }
    return List.of(raw);
  }

  private static List<String> separated(FieldType type, FieldType item, String raw, String path) {
    boolean number = item instanceof FieldType.Whole || item instanceof FieldType.Decimal;
    boolean choice = item instanceof Choice;
    String text =
        choice && !Coercion.isOne(item, raw, path + "[]") ? RawText.unbracketed(raw) : raw;
    if (number && GROUPS.matcher(raw.strip()).matches()) {
      throw commas(type, raw, path);
    }
    String child = path + "[]";
    for (Pattern separator : List.of(NEVER, LINES, STRONG, SPACED_COMMA)) {
      List<String> parts = parts(separator, text);
      if (!parts.isEmpty() && parts.stream().allMatch(p -> Coercion.isOne(item, p, child))) {
        return parts;
      }
    }
    List<String> parts = parts(choice ? CHOICE_SEPARATOR : TIGHT_SEPARATOR, text);
    boolean grouped = parts.stream().skip(1).anyMatch(part -> GROUP.matcher(part).matches());
    if (number && (grouped || mayBeFractions(item, text, parts.size()))) {
      throw commas(type, raw, path);
    }
    return parts;
  }

  private static TypeMismatchException commas(FieldType type, String raw, String path) {
    return new TypeMismatchException(
        path,
        "found %s, where a comma may separate items, thousands or decimals, expected %s as a JSON array"
            .formatted(RawText.shortened(raw), type.label()));
  }

  /** A line without the bullet that it begins with and the quotes around the rest. */
  static String withoutBullet(String line) {
    String item = (isBulleted(line) ? BULLET.matcher(line).replaceFirst("") : line).strip();
    List<String> quoted = QuotedText.sequence(item);
    return quoted.size() == 1 ? quoted.get(0) : item;
  }

  private static List<String> parts(Pattern separator, String raw) {
    List<String> parts = new ArrayList<>();
    for (String part : outsideOfBrackets(separator, raw)) {
      String item = withoutAnd(part.strip());
      if (!item.isBlank()) {
        parts.add(item);
      }
    }
    return parts;
  }

  /** A part without an "and" at its beginning. */
  private static String withoutAnd(String part) {
    int word = part.startsWith("&") ? 1 : part.regionMatches(true, 0, "and", 0, 3) ? 3 : 0;
    int at = word;
    while (at < part.length() && " \t\n\u000b\f\r".indexOf(part.charAt(at)) >= 0) {
      at++;
    }
    return word > 0 && at > word ? part.substring(at) : part;
  }

  private static List<String> outsideOfBrackets(Pattern separator, String raw) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = separator.matcher(raw);
    int depth = 0;
    int seen = 0;
    int from = 0;
    while (matcher.find()) {
      for (; seen < matcher.start(); seen++) {
        char c = raw.charAt(seen);
        depth = Math.max(0, depth + (c == '(' ? 1 : c == ')' ? -1 : 0));
      }
      if (depth == 0) {
        parts.add(raw.substring(from, matcher.start()));
        from = matcher.end();
      }
    }
    parts.add(raw.substring(from));
    return parts;
  }

  private static List<String> lines(String raw) {
    return LINES.splitAsStream(raw).filter(line -> !line.isBlank()).toList();
  }

  /** A text with the parts between its separators. */
  static final class Cut {
    final List<String> parts = new ArrayList<>();
    private static final String STRONG = ";|；｜、\t";
    private static final String WEAK = ",，،";

    private final String text;
    int separators;
    boolean weak;
    boolean mixed;

    Cut(String text) {
      this.text = text;
      boolean balanced = balanced();
      int depth = 0;
      boolean quoted = false;
      int from = 0;
      char kind = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        quoted ^= balanced && c == '"';
        depth += balanced && !quoted ? nesting(c) : 0;
        if (depth > 0 || quoted || !separates(i)) {
          continue;
        }
        parts.add(text.substring(from, i).strip());
        from = i + 1;
        separators++;
        weak |= WEAK.indexOf(c) >= 0;
        mixed |= kind != 0 && kind != c || isBetweenDigits(i);
        kind = c;
      }
      mixed |= !balanced && separators > 0;
      parts.add(text.substring(from).strip());
    }

    /** Whether the first letter or digit is a small letter. */
    boolean beginsSmall() {
      int first = text.chars().filter(Character::isLetterOrDigit).findFirst().orElse(0);
      return Character.isLowerCase(first);
    }

    private boolean separates(int at) {
      char c = text.charAt(at);
      return STRONG.indexOf(c) >= 0 || WEAK.indexOf(c) >= 0 && !groupsThousands(at);
    }

    private boolean isBetweenDigits(int at) {
      return WEAK.indexOf(text.charAt(at)) >= 0 && isDigit(at - 1) && isDigit(at + 1);
    }

    /** Whether a comma is one of those in 1,234,567. */
    private boolean groupsThousands(int at) {
      return isBetweenDigits(at)
          && isDigit(at + 2)
          && isDigit(at + 3)
          && !isDigit(at + 4)
          && !(isDigit(at - 2) && isDigit(at - 3) && isDigit(at - 4));
    }

    private boolean isDigit(int at) {
      return at >= 0 && at < text.length() && Character.isDigit(text.charAt(at));
    }

    private boolean balanced() {
      int depth = 0;
      boolean quoted = false;
      for (int i = 0; i < text.length() && depth >= 0; i++) {
        quoted ^= text.charAt(i) == '"';
        depth += quoted ? 0 : nesting(text.charAt(i));
      }
      return depth == 0 && !quoted;
    }

    private static int nesting(char c) {
      return "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
    }
  }
}
