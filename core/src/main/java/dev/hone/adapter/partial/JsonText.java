package dev.hone.adapter.partial;

/** A JSON text behind its first quote, character by character. Strict, but for odd escapes. */
final class JsonText {
  private static final String ESCAPES = "\"\\/nrt";
  private static final String MEANT = "\"\\/\n\r\t";

  private final StringBuilder decoded = new StringBuilder();
  private final StringBuilder escape = new StringBuilder(6);

  /** What a character did. */
  enum Step {
    /** It belongs to the text. */
    TAKEN,
    /** It ended the text. */
    ENDED,
    /** It cannot stand there, or its meaning is in doubt. */
    REFUSED
  }

  void clear() {
    decoded.setLength(0);
    escape.setLength(0);
  }

  /** What was decoded since the last time. */
  String take() {
    String text = decoded.toString();
    decoded.setLength(0);
    return text;
  }

  Step add(char c) {
    if (!escape.isEmpty()) {
      return escaped(c);
    } else if (c == '"') {
      return Step.ENDED;
    } else if (c == '\\') {
      escape.append(c);
    } else if (c < ' ') {
      return Step.REFUSED;
    } else {
      decoded.append(c);
    }
    return Step.TAKEN;
  }

  private Step escaped(char c) {
    escape.append(c);
    if (escape.length() == 2 && c != 'u') {
      int which = ESCAPES.indexOf(c);
      if (which < 0) {
        return Step.REFUSED;
      }
      decoded.append(MEANT.charAt(which));
      escape.setLength(0);
    } else if (escape.length() > 2 && Character.digit(c, 16) < 0) {
      return Step.REFUSED;
    } else if (escape.length() == 6) {
      decoded.append((char) Integer.parseInt(escape.substring(2), 16));
      escape.setLength(0);
    }
    return Step.TAKEN;
  }
}
