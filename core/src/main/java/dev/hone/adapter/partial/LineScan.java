package dev.hone.adapter.partial;

/**
 * How far a line that is still arriving is text for sure: up to what could begin a header, the tag
 * of a turn or of thoughts, a fence or a disguise, with the decoration before it. Looks at each
 * character once, but for the few that are not decided yet.
 */
final class LineScan {
  private static final int LONGEST_TAG = 80;
  private static final String DECORATION = " \t\u00a0\r*_`>#~-=|";

  private final StringBuilder line = new StringBuilder();
  private int looked;
  private int released;
  private boolean stuck;

  /** What the next character may be. */
  private enum Sign {
    PLAIN,
    UNDECIDED,
    HELD
  }

  /** Adds to the line; no line break. */
  void add(String text) {
    line.append(text);
  }

  /** The line as it is so far. */
  String line() {
    return line.toString();
  }

  /** What is new and text for sure; often nothing. */
  String release() {
    int safe = safeEnd();
    String text = line.substring(released, safe);
    released = safe;
    return text;
  }

  /** What was not released, once the line has ended. */
  String rest() {
    return line.substring(released);
  }

  /** Begins the next line. */
  void clear() {
    line.setLength(0);
    looked = 0;
    released = 0;
    stuck = false;
  }

  private int safeEnd() {
    if (stuck) {
      return released;
    }
    if (looked == 0 && !lineBegun()) {
      return released;
    }
    while (looked < line.length()) {
      Sign sign = sign(looked);
      if (sign != Sign.PLAIN) {
        stuck = sign == Sign.HELD;
        break;
      }
      looked++;
    }
    int safe = looked;
    while (safe > released && isDecoration(line.charAt(safe - 1))) {
      safe--;
    }
    return safe;
  }

  /** Whether something that is no decoration stands in the line; headings and fences are held. */
  private boolean lineBegun() {
    int at = 0;
    while (at < line.length() && isDecoration(line.charAt(at))) {
      at++;
    }
    if (at == line.length()) {
      return false;
    }
    String before = line.substring(0, at);
    stuck = before.contains("##") || before.contains("```") || before.contains("~~~");
    looked = stuck ? 0 : at;
    return !stuck;
  }

  private static boolean isDecoration(char c) {
    return DECORATION.indexOf(c) >= 0;
  }

  private Sign sign(int at) {
    return switch (line.charAt(at)) {
      case '[' -> bracket(at);
      case '<' -> tag(at);
      case '#' -> next(at, "#");
      case '\\' -> next(at, "#\\");
      case '◁' -> Sign.HELD;
      default -> Sign.PLAIN;
    };
  }

  private Sign next(int at, String signs) {
    if (at + 1 == line.length()) {
      return Sign.UNDECIDED;
    }
    return signs.indexOf(line.charAt(at + 1)) >= 0 ? Sign.HELD : Sign.PLAIN;
  }

  private Sign bracket(int at) {
    int next = at + 1;
    while (next < line.length() && "[ \t\u00a0".indexOf(line.charAt(next)) >= 0) {
      next++;
    }
    if (next == line.length()) {
      return Sign.UNDECIDED;
    }
    char c = line.charAt(next);
    if (c == '#' || c == '\\') {
      return Sign.HELD;
    }
    return c == '/' || c >= 'A' && c <= 'Z' ? token(at) : Sign.PLAIN;
  }

  /** A token of a turn in brackets, {@code [/INST]}, is of capital letters. */
  private Sign token(int at) {
    for (int i = at + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ']') {
        return Sign.HELD;
      } else if (c != '/' && (c < 'A' || c > 'Z')) {
        return Sign.PLAIN;
      }
    }
    return line.length() - at > LONGEST_TAG ? Sign.PLAIN : Sign.UNDECIDED;
  }

  /** A tag of any name is held, since it may be that of thoughts or of a turn. */
  private Sign tag(int at) {
    for (int i = at + 1; i < line.length() && i - at <= LONGEST_TAG; i++) {
      char c = line.charAt(i);
      if (c == '>') {
        return Sign.HELD;
      }
      boolean first = i == at + 1;
      boolean mayBe = Character.isLetterOrDigit(c) || "/|｜_".indexOf(c) >= 0;
      if (first ? !mayBe : !mayBe && "▁ =\"'.:-".indexOf(c) < 0) {
        return Sign.PLAIN;
      }
    }
    return line.length() - at > LONGEST_TAG ? Sign.PLAIN : Sign.UNDECIDED;
  }
}
