package dev.hone.json;

/**
 * Tells by what follows whether a quote can end a text. It looks ahead a bounded way, so that many
 * quotes cost no more than their number.
 */
final class AfterQuote {
  private static final int MAX_AHEAD = 200;

  /** Where a quoted text stands. */
  enum Place {
    /** The name of a member. */
    KEY,
    /** The value of a member. */
    VALUE,
    /** An item of an array. */
    ITEM,
    /** Alone: its first quote ends it. */
    WHOLE
  }

  /** What follows a quote. */
  enum Sign {
    /** What can follow the end of a text. */
    END,
    /** The next text, without a comma between: the end, unless quotes are open within the text. */
    NEXT,
    /** A colon and a value: this is a name, if it is the end. */
    COLON,
    /** A sign that joins two texts, and another text. */
    JOIN,
    /** A separator, but after it what cannot stand there. */
    MISFIT,
    /** More text. */
    TEXT
  }

  private final LenientText text;
  private final Place place;
  private final boolean outermost;
  private final char quote;

  /**
   * Makes one for a text.
   *
   * @param outermost whether its container stands in no other
   */
  AfterQuote(LenientText text, Place place, boolean outermost, char quote) {
    this.text = text;
    this.place = place;
    this.outermost = outermost;
    this.quote = quote;
  }

  /** What follows, from the index after a quote. */
  Sign sign(int from) {
    int i = text.skip(from);
    if (i >= text.length() || place == Place.WHOLE) {
      return Sign.END;
    }
    char c = text.at(i);
    if (place == Place.KEY) {
      return c == ':' || c == '=' ? Sign.END : Sign.TEXT;
    }
    return switch (c) {
      case ',' -> afterComma(i + 1);
      case '}', ']' -> bracket(i);
      case ':' -> startsValue(text.skip(i + 1)) ? Sign.COLON : Sign.MISFIT;
      case '+' -> LenientText.isQuote(text.at(text.skip(i + 1))) ? Sign.JOIN : Sign.TEXT;
      case '{', '[', ';' -> Sign.MISFIT;
      default -> LenientText.isQuote(c) ? anotherQuote(from, i) : Sign.TEXT;
    };
  }

  private Sign afterComma(int from) {
    int i = text.skip(from);
    while (text.at(i) == ',') {
      i = text.skip(i + 1);
    }
    char c = text.at(i);
    if (i >= text.length()) {
      return Sign.END;
    } else if (c == '}' || c == ']') {
      return bracket(i);
    }
    boolean fits = place == Place.ITEM ? startsPlainly(i) : startsMember(i);
    return fits ? Sign.END : Sign.MISFIT;
  }

  /** A bracket ends a text if it closes what the text stands in, and fits itself. */
  private Sign bracket(int index) {
    if (text.at(index) != (place == Place.ITEM ? ']' : '}')) {
      return Sign.MISFIT;
    }
    int i = text.skip(index + 1);
    char c = text.at(i);
    boolean fits = outermost || i >= text.length() || ",}]{[".indexOf(c) >= 0;
    return fits || LenientText.isQuote(c) ? Sign.END : Sign.MISFIT;
  }

  /** A quote begins the next text if that is a whole one; the comma between them was left out. */
  private Sign anotherQuote(int from, int index) {
    char c = text.at(index);
    if (index == from && LenientText.closes(quote, c)) {
      return Sign.TEXT;
    } else if (place == Place.VALUE) {
      return isKey(index) ? Sign.NEXT : Sign.MISFIT;
    }
    int end = index == from ? -1 : closing(index);
    char next = end < 0 ? ' ' : text.at(text.skip(end + 1));
    boolean whole = end > index + 1 && !text.blankAt(index + 1);
    return whole && (next == ',' || next == ']' || LenientText.isQuote(next))
        ? Sign.NEXT
        : Sign.MISFIT;
  }

  private boolean startsMember(int index) {
    if (LenientText.isQuote(text.at(index))) {
      return isKey(index);
    }
    int colon = unquotedKeyEnd(index);
    return colon > index && startsPlainly(text.skip(colon + 1));
  }

  /** Whether a value begins here that is quoted, a container, or a word without quotes. */
  private boolean startsPlainly(int index) {
    char c = text.at(index);
    return c == '{' || c == '[' || LenientText.isQuote(c) || isPlainWord(index);
  }

  /** Whether a value of strict JSON seems to begin here. */
  private boolean startsValue(int index) {
    char c = text.at(index);
    return c == '{'
        || c == '['
        || c == '-'
        || c >= '0' && c <= '9'
        || LenientText.isQuote(c)
        || LenientWords.isLiteral(text.substring(index, wordEnd(index)));
  }

  private int wordEnd(int index) {
    int i = index;
    while (i < text.length() && i < index + 10 && Character.isLetter(text.at(i))) {
      i++;
    }
    return i;
  }

  /** Whether a word without quotes ends at a separator soon. */
  private boolean isPlainWord(int index) {
    for (int i = index; i < text.length() && i < index + MAX_AHEAD; i++) {
      char c = text.at(i);
      if (c == ',' || c == ']' || c == '}' || c == '\n') {
        return true;
      } else if (c == '"' || c == '{' || LenientText.closes(quote, c)) {
        return false;
      }
    }
    return index + MAX_AHEAD > text.length();
  }

  /** The index of the colon after a name without quotes; -1 if there is none. */
  private int unquotedKeyEnd(int index) {
    for (int i = index; i < text.length() && i < index + MAX_AHEAD; i++) {
      char c = text.at(i);
      if (c == ':' || c == '=') {
        return i;
      } else if ("\"'“”,{}[]\n".indexOf(c) >= 0) {
        return -1;
      }
    }
    return -1;
  }

  /** Whether a quoted name and a colon begin here, or the text ends in what may be both. */
  private boolean isKey(int index) {
    int end = closing(index);
    if (end < 0) {
      return text.lineEnd(index) >= Math.min(text.length(), index + MAX_AHEAD);
    }
    int i = text.skip(end + 1);
    return i >= text.length() || text.at(i) == ':' || text.at(i) == '=';
  }

  /** The index of the quote that ends the text that begins here; -1 if there is none near. */
  private int closing(int index) {
    char open = text.at(index);
    for (int i = index + 1; i < text.length() && i < index + MAX_AHEAD; i++) {
      char c = text.at(i);
      if (c == '\n') {
        return -1;
      } else if (c == '\\') {
        i++;
      } else if (LenientText.closes(open, c)) {
        return i;
      }
    }
    return -1;
  }
}
