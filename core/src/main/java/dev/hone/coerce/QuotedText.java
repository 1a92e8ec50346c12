package dev.hone.coerce;

import java.util.ArrayList;
import java.util.List;

/** Reads texts in quotes that stand one after another. */
final class QuotedText {
  private static final String OPENING = "\"“'";
  private static final String CLOSING = "\"”'";
  private static final String SEPARATORS = ",;|\n\r";
  private static final String AND = "and";

  private QuotedText() {}

  /**
   * The texts without their quotes, if the whole text is quoted texts with commas, semicolons,
   * bars, line breaks or the word "and" between them; else an empty list.
   */
  static List<String> sequence(String text) {
    return sequence(text, false);
  }

  /**
   * As {@link #sequence(String)}.
   *
   * @param spaced whether white space alone separates texts, too
   */
  static List<String> sequence(String text, boolean spaced) {
    List<String> items = new ArrayList<>();
    int at = afterSpace(text, 0);
    while (at < text.length()) {
      int end = closing(text, at);
      if (end < 0) {
        return List.of();
      }
      items.add(text.substring(at + 1, end).replace("\\\"", "\""));
      int next = afterSeparators(text, end + 1);
      if (next < text.length() && !separated(text, end + 1, next, spaced)) {
        return List.of();
      }
      at = next;
    }
    return items;
  }

  /** The index of the quote that closes the one at an index, quotes within it aside; -1 if none. */
  private static int closing(String text, int open) {
    int pair = OPENING.indexOf(text.charAt(open));
    if (pair < 0) {
      return -1;
    }
    char closer = CLOSING.charAt(pair);
    int depth = 1;
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (opensWithin(text, i, OPENING.charAt(pair))) {
        depth++;
      } else if (c == closer && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a quote opens here: after a space or bracket, and before what is no space. */
  private static boolean opensWithin(String text, int index, char quote) {
    return text.charAt(index) == quote
        && " (\t".indexOf(text.charAt(index - 1)) >= 0
        && index + 1 < text.length()
        && !Character.isWhitespace(text.charAt(index + 1))
        && SEPARATORS.indexOf(text.charAt(index + 1)) < 0;
  }

  private static boolean separated(String text, int from, int to, boolean spaced) {
    String gap = text.substring(from, to);
    return spaced && !gap.isEmpty()
        || gap.endsWith(AND + " ")
        || gap.chars().anyMatch(c -> SEPARATORS.indexOf(c) >= 0);
  }

  private static int afterSeparators(String text, int from) {
    int at = afterSigns(text, from);
    boolean and = at > from && text.startsWith(AND + " ", at);
    return and ? afterSpace(text, at + AND.length()) : at;
  }

  private static int afterSigns(String text, int from) {
    int at = from;
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || SEPARATORS.indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }

  private static int afterSpace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
