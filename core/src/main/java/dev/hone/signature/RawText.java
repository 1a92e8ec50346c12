package dev.hone.signature;

import java.util.Locale;
import java.util.Set;

/** Small readings of raw text that a model or a file wrote. */
final class RawText {
  private static final int SHOWN_CHARS = 80;
  private static final Set<String> ABSENT = Set.of("", "null", "none");
  private static final Set<String> EMPTY =
      Set.of("", "[]", "{}", "()", "none", "null", "n/a", "empty", "-");
  private static final String OPENING = "\"'`*_([{<“‘«";
  private static final String CLOSING = "\"'`*_)]}>”’»";

  private RawText() {}

  /** The text without the quotes, brackets, emphasis and full stop that surround it. */
  static String bare(String text) {
    String rest = withoutFence(text.strip());
    while (true) {
      String next = peeled(rest);
      if (next.equals(rest)) {
        return rest;
      }
      rest = next;
    }
  }

  private static String peeled(String text) {
    int last = text.length() - 1;
    if (last < 1) {
      return text;
    }
    char end = text.charAt(last);
    if (end == '.' || end == ',' || end == ';') {
      return text.substring(0, last).strip();
    }
    int pair = OPENING.indexOf(text.charAt(0));
    return pair >= 0 && end == CLOSING.charAt(pair) ? text.substring(1, last).strip() : text;
  }

  /** The inside of a text that is one fenced block of code as a whole. */
  static String withoutFence(String text) {
    if (!text.startsWith("```") || !text.endsWith("```") || text.length() < 6) {
      return text;
    }
    int line = text.indexOf('\n');
    return line < 0 || line > text.length() - 4
        ? text
        : text.substring(line + 1, text.length() - 3).strip();
  }

  /** Whether the text says that there is no value. */
  static boolean saysAbsent(String text) {
    return text.length() <= 12 && ABSENT.contains(bare(text).toLowerCase(Locale.ROOT));
  }

  /** Whether the text says that there are no items. */
  static boolean saysEmpty(String text) {
    String rest = text.strip();
    return rest.length() <= 12
        && (EMPTY.contains(rest.toLowerCase(Locale.ROOT))
            || EMPTY.contains(bare(rest).toLowerCase(Locale.ROOT)));
  }

  /** The text for a message: at most 80 characters, on one line. */
  static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN_CHARS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, cut(line))) + "…";
  }

  private static int cut(String line) {
    return Math.min(SHOWN_CHARS - 1, line.codePointCount(0, line.length()));
  }
}
