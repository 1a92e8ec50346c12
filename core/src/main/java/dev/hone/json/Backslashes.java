package dev.hone.json;

/**
 * The backslashes of one quoted text. If JSON does not know one of them, the writer did not escape
 * at all, as with LaTeX and the paths of Windows: then all are meant as written, and there is a
 * doubt if another of them says something else as an escape. A form feed or a backspace before a
 * letter is in doubt in any JSON, since nobody writes one on purpose. One use, not thread-safe.
 */
final class Backslashes {
  private static final String KNOWN = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t";

  private final LenientText text;
  private final Doubt doubt;
  private final int start;
  private boolean repaired;
  private int unknown = -1;
  private int escape = -1;
  private int control = -1;

  /**
   * Makes one for a text.
   *
   * @param start the index of the quote before it
   */
  Backslashes(LenientText text, Doubt doubt, int start) {
    this.text = text;
    this.doubt = doubt;
    this.start = start;
  }

  /** Whether one of them is not strict JSON. */
  boolean repaired() {
    return repaired;
  }

  /**
   * Notes a doubt in strict JSON, if a form feed or a backspace stands before a letter there.
   *
   * @param json strict JSON
   */
  static void check(LenientText json, Doubt doubt) {
    if (json.toString().indexOf('\\') < 0) {
      return;
    }
    Backslashes all = new Backslashes(json, doubt, 0);
    for (int i = 0; i < json.length(); i++) {
      if (json.at(i) == '\\') {
        if (all.isControl(i)) {
          all.controlInDoubt(i);
          return;
        }
        i++;
      }
    }
  }

  /** Reads the one at an index; returns the index after what belongs to it. */
  int read(int index, StringBuilder value) {
    char c = text.at(index + 1);
    int known = index + 1 < text.length() ? KNOWN.indexOf(c) : -1;
    if (known >= 0) {
      value.append(MEANT.charAt(known));
      note(index);
      return index + 2;
    } else if (c == 'u' && index + 6 <= text.length() && hex(index + 2) >= 0) {
      value.append((char) hex(index + 2));
      escape = index;
      return index + 6;
    }
    repaired = true;
    if (c == '\'' || c == '`') {
      value.append(c);
      escape = index;
    } else {
      value.append('\\').append(index + 1 < text.length() ? String.valueOf(c) : "");
      unknown = index;
      escape = c == '\n' || c == 'u' && isHex(index + 2) ? index : escape;
    }
    return index + 2;
  }

  /**
   * The text as it is meant: as written if one of them is unknown to JSON.
   *
   * @param end the index of the quote after it
   * @param value what JSON makes of it
   */
  String asWritten(int end, String value) {
    if (unknown >= 0 && escape >= 0) {
      doubt.at(
          Math.max(unknown, escape),
          "JSON knows `%s` and does not know `%s`: the backslashes can be meant as written or not"
              .formatted(sequence(escape), sequence(unknown)));
    } else if (unknown >= 0) {
      return text.substring(start + 1, end);
    } else if (control >= 0) {
      controlInDoubt(control);
    }
    return value;
  }

  private void note(int index) {
    if (isControl(index)) {
      control = index;
    } else {
      escape = index;
    }
  }

  /** Whether this is a form feed or a backspace before a letter. */
  private boolean isControl(int index) {
    char c = text.at(index + 1);
    return (c == 'f' || c == 'b') && Character.isLetter(text.at(index + 2));
  }

  private void controlInDoubt(int index) {
    doubt.at(
        index,
        "`%s` is a %s in JSON, or it is meant as written"
            .formatted(sequence(index), text.at(index + 1) == 'f' ? "form feed" : "backspace"));
  }

  private String sequence(int index) {
    return text.substring(index, Math.min(text.length(), index + 2)).replace('\n', ' ');
  }

  private int hex(int from) {
    int result = 0;
    for (int i = from; i < from + 4; i++) {
      if (!isHex(i)) {
        return -1;
      }
      result = result * 16 + Character.digit(text.at(i), 16);
    }
    return result;
  }

  private boolean isHex(int index) {
    char c = text.at(index);
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }
}
