package dev.hone.coerce;

import dev.hone.text.Excerpt;
import java.util.Locale;
import java.util.Set;

/** Small parsers of raw text that a model or a file wrote. */
public final class RawText {
  private static final int SHOWN_CHARS = 80;
  private static final Set<String> ABSENT = Set.of("", "null", "none");
  private static final Set<String> EMPTY = Set.of("", "()", "none", "null", "n/a", "empty", "-");
  private static final String OPENING = "*_([{<\"'`“‘«";
  private static final String CLOSING = "*_)]}>\"'`”’»";
  private static final int QUOTES = OPENING.indexOf('"');

  private RawText() {}

  /** The text without the quotes, brackets, emphasis and full stop that surround it. */
  static String bare(String text) {
    return peeled(text, OPENING.length());
  }

  /** The text without the brackets, emphasis and full stop that surround it. */
  static String unbracketed(String text) {
    return peeled(text, QUOTES);
  }

  private static String peeled(String text, int pairs) {
    String rest = withoutFence(text.strip());
    int start = 0;
    int end = rest.length();
    while (end - start > 1) {
      char last = rest.charAt(end - 1);
      int pair = OPENING.indexOf(rest.charAt(start));
      if (last == '.' || last == ',' || last == ';' || Character.isWhitespace(last)) {
        end--;
      } else if (Character.isWhitespace(rest.charAt(start))) {
        start++;
      } else if (pair >= 0 && pair < pairs && last == CLOSING.charAt(pair)) {
        start++;
        end--;
      } else {
        break;
      }
    }
    return rest.substring(start, end).strip();
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

  /** Whether the text says that there is no value; empty brackets are a value. */
  static boolean saysAbsent(String text) {
    String rest = text.strip();
    return rest.length() <= 12
        && !rest.startsWith("[")
        && !rest.startsWith("{")
        && ABSENT.contains(bare(rest).toLowerCase(Locale.ROOT));
  }

  /** Whether the text says that there are no items; brackets around a word are items. */
  static boolean saysEmpty(String text) {
    String rest = text.strip();
    if (rest.startsWith("[") || rest.startsWith("{")) {
      return (rest.endsWith("]") || rest.endsWith("}"))
          && rest.substring(1, rest.length() - 1).isBlank();
    }
    return rest.length() <= 12 && EMPTY.contains(bare(rest).toLowerCase(Locale.ROOT));
  }

  /** The text for a message: at most 80 characters, on one line. */
  public static String shortened(String text) {
    return Excerpt.ofLine(text, SHOWN_CHARS);
  }
}
