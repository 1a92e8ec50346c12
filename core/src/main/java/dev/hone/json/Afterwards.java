package dev.hone.json;

import tools.jackson.databind.JsonNode;

/**
 * Tells whether what follows a value goes on with it, so that the bracket that seems to end it may
 * be part of a text or one too many. Prose that follows does not.
 */
final class Afterwards {
  private static final int MAX_NAME_CHARS = 100;

  private final LenientText text;
  private final boolean object;
  private final boolean repaired;

  Afterwards(LenientText text, JsonNode value, boolean repaired) {
    this.text = text;
    this.object = value.isObject();
    this.repaired = repaired;
  }

  /** Whether the text goes on with the value that ends before an index. */
  boolean goesOn(int end) {
    int first = text.skipBlank(end);
    boolean comma = text.at(first) == ',';
    int next = first;
    while (text.at(next) == ',') {
      next = text.skipBlank(next + 1);
    }
    char c = text.at(next);
    if (next >= text.length() || c == '{' || c == '[' || c == '}' || c == ']') {
      return false;
    }
    boolean quoted = LenientText.isQuote(c);
    if (object && (quoted || comma) && isName(next, quoted)) {
      return true;
    }
    int closer = text.closer(end);
    return closer < text.length() && (comma || repaired || text.nextQuote(end) < closer);
  }

  /** Whether a name and a colon stand here. */
  private boolean isName(int index, boolean quoted) {
    int i = quoted ? index + 1 : index;
    int most = Math.min(text.length(), i + MAX_NAME_CHARS);
    while (i < most && isNameSign(text.at(i))) {
      i++;
    }
    boolean closed = LenientText.isQuote(text.at(i));
    if (quoted != closed || i == (quoted ? index + 1 : index)) {
      return false;
    }
    int colon = closed ? text.skipBlank(i + 1) : i;
    return text.at(colon) == ':' || quoted && LenientText.isQuote(text.at(colon));
  }

  private static boolean isNameSign(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ' ' || c == '.';
  }
}
