package dev.hone.json;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that is read tolerantly, with the answers to what is asked of it again and again. Each is
 * found once, so that reading stays linear in the length of the text, whatever stands in it. Not
 * thread-safe.
 */
final class LenientText {
  private static final int MAX_COMMENTS_AHEAD = 8;
  private static final Pattern OBJECT = Pattern.compile("\\{\\s*+(?:[\"'“]|\\w[\\w -]{0,40}:)");
  private static final String INVISIBLE = "\u115f\u1160\u2800\u3164\uffa0";

  private final String text;
  private final NextIndex lines;
  private final NextIndex commentEnds;
  private final NextIndex quotes;
  private int @Nullable [] closers;

  LenientText(String text) {
    this.text = text;
    this.lines = new NextIndex(text, "\n");
    this.commentEnds = new NextIndex(text, "*/");
    this.quotes = new NextIndex(text, "\"");
  }

  @Override
  public String toString() {
    return text;
  }

  int length() {
    return text.length();
  }

  /** The character at an index; NUL after the end. */
  char at(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  String substring(int from, int to) {
    return text.substring(from, to);
  }

  /** Whether a character is a space that Unicode knows, or one that nobody sees. */
  static boolean isBlank(char c) {
    if (c > ' ' && c < '\u007f') {
      return false;
    }
    int type = Character.getType(c);
    return c == ' '
        || type == Character.CONTROL
        || type == Character.FORMAT
        || Character.isSpaceChar(c)
        || c >= '\ufe00' && c <= '\ufe0f'
        || INVISIBLE.indexOf(c) >= 0;
  }

  /** A text without the spaces at its ends, those that nobody sees among them. */
  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean isQuote(char c) {
    return "\"'“”‘’`".indexOf(c) >= 0;
  }

  /** Whether a character ends a text that begins with a quote. */
  static boolean closes(char quote, char c) {
    return switch (quote) {
      case '“', '”' -> c == '”' || c == '"';
      case '‘', '’' -> c == '’' || c == '\'';
      default -> c == quote;
    };
  }

  /** Whether an object seems to begin here, rather than braces around something else. */
  boolean startsObject(int index) {
    return OBJECT.matcher(text).region(index, text.length()).lookingAt();
  }

  /** Whether what begins here begins like an object, and is closed. */
  boolean isObject(int index) {
    return closer(index + 1) < length() && startsObject(index);
  }

  /** The index of the next bracket that opens, one of some; -1 if there is none. */
  int opener(int from, String openers) {
    for (int i = from; i < text.length(); i++) {
      if (openers.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  boolean blankAt(int index) {
    return index >= text.length() || isBlank(text.charAt(index));
  }

  /** The index of the first character at or after an index that is no space. */
  int skipBlank(int from) {
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The index after the spaces and comments that follow an index; a few comments at most. */
  int skip(int from) {
    int i = skipBlank(from);
    for (int comments = 0; comments < MAX_COMMENTS_AHEAD; comments++) {
      boolean hash = at(i) == '#' && i > 0 && blankAt(i - 1) && blankAt(i + 1);
      int end = hash ? lineEnd(i) : slashCommentEnd(i);
      if (end < 0) {
        break;
      }
      i = skipBlank(end);
    }
    return i;
  }

  /** The index after the comment that begins with a slash here; -1 if none does. */
  int slashCommentEnd(int from) {
    if (at(from) != '/') {
      return -1;
    }
    char second = at(from + 1);
    if (second == '/') {
      return lineEnd(from);
    }
    return second == '*' ? Math.min(length(), commentEnds.from(from + 2) + 2) : -1;
  }

  /** The index of the next line break, or the length. */
  int lineEnd(int from) {
    return lines.from(from);
  }

  /** The index of the next double quote, or the length. */
  int nextQuote(int from) {
    return quotes.from(from);
  }

  /**
   * The index of the first closing bracket at or after an index whose opening one is before it,
   * quotes not considered; the length if there is none.
   */
  int closer(int from) {
    if (closers == null) {
      closers = findClosers();
    }
    return closers[Math.min(from, length())];
  }

  private int[] findClosers() {
    int[] found = new int[length() + 1];
    found[length()] = length();
    for (int i = length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (c == '}' || c == ']') {
        found[i] = i;
      } else if (c == '{' || c == '[') {
        found[i] = found[Math.min(length(), found[i + 1] + 1)];
      } else {
        found[i] = found[i + 1];
      }
    }
    return found;
  }

  /** Where a sign stands next; asked from places that move on, it reads the text once. */
  private static final class NextIndex {
    private final String text;
    private final String sign;
    private int asked = -1;
    private int found = -1;

    NextIndex(String text, String sign) {
      this.text = text;
      this.sign = sign;
    }

    int from(int index) {
      if (index < asked || index > found) {
        int next = text.indexOf(sign, index);
        found = next < 0 ? text.length() : next;
        asked = index;
      }
      return found;
    }
  }
}
