package dev.hone.adapter.frame;

/**
 * Section headers as text, and their disguise inside of values. Where a value has text that could
 * be taken for a header, {@code ## severity ##}, each opening pair of hash signs gets a backslash
 * in front; reading a value takes one away. Inside of JSON the first hash sign becomes {@code
 * \u005cu0023} instead, which JSON itself reads back. Time grows with the length of the text.
 */
public final class HeaderText {
  private static final String HASHES = "##";
  private static final String JSON_HASHES = "\\u0023#";

  private HeaderText() {}

  /** The header of a section. */
  public static String of(String name) {
    return "[[ ## " + name + " ## ]]";
  }

  /** Disguises what could be taken for a header. */
  public static String disguise(String text) {
    return replaced(text, HASHES, "\\" + HASHES);
  }

  /** Takes the disguise off. */
  public static String reveal(String text) {
    return replaced(text, "\\" + HASHES, HASHES);
  }

  /** Disguises what could be taken for a header in a JSON text, without changing what it says. */
  public static String disguiseJson(String json) {
    return replaced(json, HASHES, JSON_HASHES);
  }

  /** The text with another opening pair of hash signs at all that looks like a header. */
  private static String replaced(String text, String opening, String replacement) {
    int at = text.indexOf(opening);
    if (at < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + 16);
    int from = 0;
    while (at >= 0) {
      int end = at + opening.length();
      if (isName(text, end)) {
        result.append(text, from, at).append(replacement);
        from = end;
        at = text.indexOf(opening, end);
      } else {
        at = text.indexOf(opening, at + 1);
      }
    }
    return result.append(text, from, text.length()).toString();
  }

  /** Whether a name follows, with hash signs after it, as behind a header's opening pair. */
  private static boolean isName(String text, int from) {
    int at = from;
    while (at < text.length() && isGap(text.charAt(at))) {
      at++;
    }
    int start = at;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (!isNamePart(c) && (at == start || !isGap((char) c))) {
        break;
      }
      at += Character.charCount(c);
    }
    if (at == start) {
      return false;
    }
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    return text.startsWith(HASHES, at);
  }

  private static boolean isNamePart(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || c == '_'
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  /** A hyphen, or white space other than a line break. */
  private static boolean isGap(char c) {
    return c == '-'
        || c == '\t'
        || c == '\u180e'
        || Character.getType(c) == Character.SPACE_SEPARATOR;
  }
}
