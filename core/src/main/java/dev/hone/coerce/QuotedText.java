package dev.hone.coerce;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads texts in quotes that stand one after another. */
final class QuotedText {
  /** What may open a list in a program: a bracket, with a name in front perhaps. */
  static final Pattern PROGRAM =
      Pattern.compile("(?:new\\s++)?+(?:[A-Za-z_][\\w.]{0,60}+(?:\\[])?\\s?)?+([(\\[{])");

  private static final String OPENING = "\"“'";
  private static final String CLOSING = "\"”'";
  private static final String SEPARATORS = ",;|\n\r";
  private static final String AND = "and";

  private static final Pattern OPTIONS = Pattern.compile(",\\s*+\\w++=[^\\[\\](){}]*+$");

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

  /** Quoted texts in the brackets of a program other than those of JSON; else an empty list. */
  static List<String> inProgram(String raw) {
    String text = RawText.withoutFence(raw.strip());
    Matcher opening = PROGRAM.matcher(text);
    if (!opening.lookingAt() || text.indexOf('\\') >= 0) {
      return List.of();
    }
    char bracket = opening.group(1).charAt(0);
    boolean json = bracket == '[' && opening.end() == 1;
    int end = text.length();
    if (end - 1 < opening.end() || !isBracketed(text.substring(opening.end() - 1))) {
      return List.of();
    }
    String inside =
        OPTIONS.matcher(text.substring(opening.end(), end - 1)).replaceFirst("").strip();
    if (!json && opening.end() > 1 && inside.length() > 1 && isBracketed(inside)) {
      return sequence(inside.substring(1, inside.length() - 1).strip(), true);
    }
    List<String> items = sequence(inside, json);
    return json && (items.size() < 2 || !sequence(inside).isEmpty()) ? List.of() : items;
  }

  /** Whether a text begins and ends with the two brackets of a pair. */
  static boolean isBracketed(String text) {
    int pair = "([{".indexOf(text.charAt(0));
    return pair >= 0 && text.charAt(text.length() - 1) == ")]}".charAt(pair);
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
