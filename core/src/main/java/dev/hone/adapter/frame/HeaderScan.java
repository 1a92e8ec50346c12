package dev.hone.adapter.frame;

import org.jspecify.annotations.Nullable;

/**
 * What a text has around a pair of hash signs, if that can be a header: {@code [[ ## name ## ]]},
 * also without spaces, with one bracket at each side or none, and in bold, as code or as a heading.
 *
 * @param start where it begins, with what decorates it
 * @param end where its content begins
 * @param written the name
 * @param bracketed whether it has brackets
 * @param lineStart whether nothing else is before it on its line, or a tag right before it
 * @param lineEnd whether nothing else is after it on its line
 */
record HeaderScan(
    int start, int end, String written, boolean bracketed, boolean lineStart, boolean lineEnd) {
  private static final int MAX_NAME_CHARS = 200;

  /** Looks at a pair of hash signs; null if it does not begin a header. */
  static @Nullable HeaderScan at(String text, int at) {
    int nameStart = skipSpaces(text, at + 2);
    int nameEnd = nameEnd(text, nameStart);
    if (nameEnd == nameStart || at > 0 && text.charAt(at - 1) == '\\') {
      return null;
    }
    int hashes = skipSpaces(text, nameEnd);
    if (!text.startsWith("##", hashes)) {
      return null;
    }
    int after = skipHashes(text, hashes);
    int before = at;
    while (before > 0 && text.charAt(before - 1) == '#') {
      before--;
    }
    int close = skipSpaces(text, after);
    int open = skipSpacesBack(text, before);
    int closing = brackets(text, close, 1, ']');
    int opening = brackets(text, open - 1, -1, '[');
    boolean bracketed = closing == 2 || opening == 2 || closing + opening == 2;
    return decorated(
        text,
        bracketed && opening > 0 ? open - opening : before,
        bracketed && closing > 0 ? close + closing : after,
        text.substring(nameStart, nameEnd),
        bracketed);
  }

  /** How many brackets stand at an index, in a direction; at most two. */
  private static int brackets(String text, int from, int step, char bracket) {
    int count = 0;
    for (int at = from; count < 2 && at >= 0 && at < text.length(); at += step) {
      if (text.charAt(at) != bracket) {
        break;
      }
      count++;
    }
    return count;
  }

  private static HeaderScan decorated(
      String text, int from, int to, String name, boolean bracketed) {
    int start = from;
    while (start > 0 && "*_`".indexOf(text.charAt(start - 1)) >= 0) {
      start--;
    }
    int end = to;
    while (end < text.length() && end - to < from - start && "*_`".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    if (end < text.length() && text.charAt(end) == ':') {
      end++;
    }
    int line = start;
    while (line > 0 && " \t\u00a0#>-*".indexOf(text.charAt(line - 1)) >= 0) {
      line--;
    }
    boolean afterTag = start > 0 && ">▷".indexOf(text.charAt(start - 1)) >= 0;
    line = afterTag ? start : line;
    boolean lineStart = afterTag || line == 0 || isBreak(text.charAt(line - 1));
    int rest = skipSpaces(text, end);
    boolean lineEnd = rest == text.length() || isBreak(text.charAt(rest));
    return new HeaderScan(lineStart ? line : start, end, name, bracketed, lineStart, lineEnd);
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private static int nameEnd(String text, int start) {
    int end = start;
    int limit = Math.min(text.length(), start + MAX_NAME_CHARS);
    int at = start;
    while (at < limit) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (isNamePart(c)) {
        end = at;
      } else if (c != ' ' && c != '-') {
        break;
      }
    }
    return end;
  }

  /** The same characters as in the names of fields. */
  private static boolean isNamePart(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || c == '_'
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  private static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int skipSpacesBack(String text, int from) {
    int at = from;
    while (at > 0 && isSpace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static int skipHashes(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '#') {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\u00a0';
  }
}
