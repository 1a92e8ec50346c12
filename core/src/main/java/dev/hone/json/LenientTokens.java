package dev.hone.json;

import dev.hone.json.AfterQuote.Place;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The tokens of tolerant JSON, and the note of whether any of them was not strict. */
final class LenientTokens {
  private final LenientText text;
  private final Doubt doubt;
  private int at;
  private boolean repaired;
  private boolean cut;
  private boolean unquoted;

  LenientTokens(LenientText text, int at) {
    this.text = text;
    this.at = at;
    this.doubt = new Doubt(text);
  }

  boolean repaired() {
    return repaired;
  }

  /** Whether the text ended inside the last string or word. */
  boolean cut() {
    return cut;
  }

  int position() {
    return at;
  }

  /** The doubt that came up first. */
  Doubt doubt() {
    return doubt;
  }

  /** Whether the last value was a text without quotes. */
  boolean unquoted() {
    return unquoted;
  }

  void repair() {
    repaired = true;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char peek() {
    return text.at(at);
  }

  void take() {
    at++;
  }

  /** Skips white space and comments. */
  void skipSpace() {
    while (!atEnd()) {
      char c = peek();
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        at++;
      } else if (LenientText.isBlank(c)) {
        at++;
        repaired = true;
      } else if (!skipComment()) {
        return;
      }
    }
  }

  private boolean skipComment() {
    int end = peek() == '#' ? text.lineEnd(at) : text.slashCommentEnd(at);
    if (end < 0) {
      return false;
    }
    if (hidesQuotes(end)) {
      doubt.at(at, "this can be a comment, or belong to a text whose quotes are not escaped");
    }
    repaired = true;
    at = end;
    return true;
  }

  /** Whether a comment has quotes that may be those of a text: an odd number, or after a text. */
  private boolean hidesQuotes(int end) {
    int quotes = 0;
    for (int i = at; i < end; i++) {
      quotes += text.at(i) == '"' ? 1 : 0;
    }
    int before = at - 1;
    while (before > 0 && text.blankAt(before)) {
      before--;
    }
    return quotes % 2 == 1 || quotes > 0 && LenientText.isQuote(text.at(before));
  }

  /** Skips white space and commas; returns whether there was a comma. */
  boolean skipSeparators(boolean expected) {
    skipSpace();
    int commas = 0;
    while (!atEnd() && peek() == ',') {
      commas++;
      at++;
      skipSpace();
    }
    boolean closes = !atEnd() && (peek() == '}' || peek() == ']');
    repaired |= commas != (expected && !closes ? 1 : 0);
    return commas > 0;
  }

  boolean atQuote() {
    return LenientText.isQuote(peek());
  }

  /** Reads a key and its colon; null if there is none. */
  @Nullable String key(boolean outermost) {
    String key = atQuote() ? quoted(Place.KEY, outermost) : unquotedKey();
    skipSpace();
    if (atEnd() || key.isEmpty() && repaired || peek() != ':' && peek() != '=') {
      return null;
    }
    boolean arrow = peek() == '=' && text.at(at + 1) == '>';
    repaired |= peek() == '=';
    at += arrow ? 2 : 1;
    return key;
  }

  private String unquotedKey() {
    int start = at;
    while (!atEnd() && ":={}[],\n\"“”".indexOf(peek()) < 0) {
      at++;
    }
    String key = LenientText.strip(text.substring(start, at));
    repaired = true;
    boolean words = unquoted && key.indexOf(' ') > 0;
    if (words || key.contains("..") || key.contains("//") || key.contains("/*")) {
      doubt.at(start, "`" + Doubt.shown(key) + "` can be a name, or belong to what is before it");
    }
    return key;
  }

  /** Reads a quoted string as a value. */
  JsonNode string(Place place, boolean outermost) {
    unquoted = false;
    return StringNode.valueOf(quoted(place, outermost));
  }

  private String quoted(Place place, boolean outermost) {
    AfterQuote after = new AfterQuote(text, place, outermost, peek());
    QuotedText quoted = new QuotedText(text, doubt, at, after);
    String value = quoted.read();
    at = quoted.position();
    cut = quoted.cut();
    repaired |= quoted.repaired();
    return value;
  }

  /** Reads an unquoted word: a literal, a number, or else a text. */
  JsonNode bare() {
    int start = at;
    while (!atEnd() && ",]}\n".indexOf(peek()) < 0 && !commentAfter(start)) {
      at++;
    }
    cut = atEnd();
    String word = LenientText.strip(text.substring(start, at));
    JsonNode value = LenientWords.value(word);
    boolean strict = LenientWords.isStrictLiteral(word) || JsonNumber.isStrict(word);
    repaired |= cut || !strict || value.isString();
    unquoted = value.isString();
    boolean open = !doubt.exists();
    String readings = open && value.isString() ? LenientWords.doubt(word) : null;
    if (open && (readings != null || isGroup(word, start))) {
      doubt.at(start, readings == null ? "a comma can separate two numbers or digits" : readings);
    }
    return value;
  }

  /** Whether a word is the rest of a number with a comma before each three digits. */
  private boolean isGroup(String word, int start) {
    return word.length() == 3
        && word.charAt(0) == '0'
        && start > 1
        && text.at(start - 1) == ','
        && Character.isDigit(text.at(start - 2));
  }

  /** Whether a comment begins here: after a number or literal, or after a space. */
  private boolean commentAfter(int start) {
    char c = peek();
    boolean hash = c == '#';
    if (!hash && (c != '/' || "/*".indexOf(text.at(at + 1)) < 0 || at + 1 >= text.length())) {
      return false;
    }
    boolean afterSpace = at == start || text.blankAt(at - 1);
    if (afterSpace && (!hash || text.blankAt(at + 1))) {
      return true;
    }
    boolean near = at - start <= JsonNumber.MAX_CHARS;
    return near && !LenientWords.value(LenientText.strip(text.substring(start, at))).isString();
  }
}
