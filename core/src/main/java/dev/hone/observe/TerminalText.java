package dev.hone.observe;

/**
 * Texts as a terminal shows them: in columns, of which a Chinese character or an emoji takes two,
 * and an accent of its own none.
 */
final class TerminalText {
  private static final String MORE = "…";

  /** The first and last code points of the wide characters, in pairs. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x23E9, 0x23F3, 0x2614, 0x2615, 0x26A1, 0x26A1, 0x2705, 0x2705,
    0x274C, 0x274C, 0x2753, 0x2757, 0x2B50, 0x2B55, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97C,
    0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F000,
    0x1FAFF, 0x20000, 0x3FFFD
  };

  private TerminalText() {}

  /** The text on one line: white space and control characters become one space. */
  static String oneLine(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  /** The columns that a text of one line takes. */
  static int columns(String text) {
    return text.codePoints().map(TerminalText::columns).sum();
  }

  private static int columns(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /** The text, or its beginning and {@code …}: together at most this number of columns. */
  static String cut(String text, int most) {
    if (columns(text) <= most) {
      return text;
    }
    int end = 0;
    int taken = 1;
    while (taken + columns(text.codePointAt(end)) <= most) {
      taken += columns(text.codePointAt(end));
      end += Character.charCount(text.codePointAt(end));
    }
    return text.substring(0, end) + MORE;
  }
}
