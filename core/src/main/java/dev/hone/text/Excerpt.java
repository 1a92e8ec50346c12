package dev.hone.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Shortens texts for people and prompts. What is left out is shown by {@code …}; no character is
 * ever cut in half. Lengths are in {@code char}s, as those of {@link String#length}: an emoji
 * counts as two, so an excerpt never has more characters than were asked for, however they are
 * counted.
 */
public final class Excerpt {
  private static final String MORE = "…";
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

  private Excerpt() {}

  /**
   * The text, or its beginning and {@code …}: together at most {@code most}, which is 1 or more.
   */
  public static String of(String text, int most) {
    return text.length() <= most ? text : prefix(text, most - 1) + MORE;
  }

  /** The {@link #singleSpaced} text, shortened as {@link #of} does. */
  public static String ofLine(String text, int most) {
    return of(singleSpaced(text), most);
  }

  /**
   * At most {@code shown} characters of the beginning of a text, and {@code …} if there is more.
   */
  public static String beginning(String text, int shown) {
    return text.length() <= shown ? text : prefix(text, shown) + MORE;
  }

  /** At most {@code shown} characters of the end of a text, and {@code …} before them if cut. */
  public static String end(String text, int shown) {
    return text.length() <= shown ? text : MORE + suffix(text, shown);
  }

  /**
   * At most {@code shown} characters of the beginning of a text, and if there is more how much:
   * {@code abc … (4 more characters)}.
   */
  public static String counted(String text, int shown) {
    String start = prefix(text, shown);
    int missing = text.length() - start.length();
    return missing == 0 ? text : start + " … (" + Plural.of(missing, "more character") + ")";
  }

  /** The first and the last characters of a text, and between them how many are left out. */
  public static String withoutMiddle(String text, int first, int last) {
    int left = text.length() - first - last;
    return left <= 0
        ? text
        : String.format(
            Locale.ROOT,
            "%s\n[%,d characters are left out here]\n%s",
            beginning(text, first),
            left,
            end(text, last));
  }

  /** At most {@code most} characters of the beginning of a text, without a sign of the rest. */
  public static String prefix(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Math.max(0, most);
    boolean half = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, half ? end - 1 : end);
  }

  private static String suffix(String text, int most) {
    int start = text.length() - Math.max(0, most);
    boolean half = start < text.length() && Character.isLowSurrogate(text.charAt(start));
    return text.substring(half ? start + 1 : start);
  }

  /** The text on one line: line breaks, with the white space around them, become one space. */
  public static String oneLine(String text) {
    return LINE_BREAK.matcher(text.strip()).replaceAll(" ");
  }

  /** The text on one line: every white space, as much as there is of it, becomes one space. */
  public static String singleSpaced(String text) {
    String stripped = text.strip();
    int at = 0;
    while (at < stripped.length() && !isToSpace(stripped, at)) {
      at++;
    }
    if (at == stripped.length()) {
      return stripped;
    }
    StringBuilder line = new StringBuilder(stripped.length()).append(stripped, 0, at);
    for (; at < stripped.length(); at++) {
      char c = stripped.charAt(at);
      if (!isSpace(c)) {
        line.append(c);
      } else if (!isSpace(stripped.charAt(at - 1))) {
        line.append(' ');
      }
    }
    return line.toString();
  }

  /** Whether white space other than a single space is at an index. */
  private static boolean isToSpace(String text, int at) {
    char c = text.charAt(at);
    return isSpace(c) && (c != ' ' || at > 0 && isSpace(text.charAt(at - 1)));
  }

  /** As in {@code \\s}. */
  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
