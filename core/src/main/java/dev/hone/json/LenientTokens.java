package dev.hone.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** The tokens of tolerant JSON, and the note of whether any of them was not strict. */
final class LenientTokens {
  private static final int MAX_NUMBER_CHARS = 1000;
  private static final Pattern STRICT_NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,6})?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,6})?");
  private static final Map<String, JsonNode> LITERALS =
      Map.of(
          "true", BooleanNode.TRUE,
          "false", BooleanNode.FALSE,
          "null", NullNode.getInstance(),
          "True", BooleanNode.TRUE,
          "False", BooleanNode.FALSE,
          "None", NullNode.getInstance());

  private final String text;
  private int at;
  private boolean repaired;
  private boolean cut;
  private @Nullable String doubt;

  LenientTokens(String text, int at) {
    this.text = text;
    this.at = at;
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

  /** The first doubt that came up, in words; null if none did. */
  @Nullable String doubt() {
    return doubt;
  }

  void repair() {
    repaired = true;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char peek() {
    return atEnd() ? '\0' : text.charAt(at);
  }

  void take() {
    at++;
  }

  JsonNode missing() {
    repaired = true;
    return NullNode.getInstance();
  }

  /** Skips white space and comments. */
  void skipSpace() {
    while (!atEnd()) {
      char c = peek();
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        at++;
      } else if (Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff') {
        at++;
        repaired = true;
      } else if (!skipComment()) {
        return;
      }
    }
  }

  private boolean skipComment() {
    int end;
    if (text.startsWith("//", at) || peek() == '#') {
      end = text.indexOf('\n', at);
    } else if (text.startsWith("/*", at)) {
      end = text.indexOf("*/", at);
      end = end < 0 ? end : end + 2;
    } else {
      return false;
    }
    repaired = true;
    at = end < 0 ? text.length() : end;
    return true;
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
    return !atEnd() && "\"'“”‘’`".indexOf(peek()) >= 0;
  }

  /** Reads a key and its colon; null if there is none. */
  @Nullable String key() {
    String key;
    if (atQuote()) {
      key = string(true).stringValue();
      skipSpace();
    } else {
      int start = at;
      while (!atEnd() && ":={}[],\n\"".indexOf(peek()) < 0) {
        at++;
      }
      key = text.substring(start, at).strip();
      repaired = true;
    }
    if (atEnd() || key.isEmpty() && repaired || peek() != ':' && peek() != '=') {
      return null;
    }
    repaired |= peek() == '=';
    at++;
    return key;
  }

  /**
   * Reads a quoted string. Inside of a container, a quote only ends it if what follows can follow a
   * string.
   */
  JsonNode string(boolean inside) {
    char quote = peek();
    at++;
    repaired |= quote != '"';
    cut = false;
    StringBuilder value = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == '\\') {
        escape(value);
      } else if (closes(quote, c) && (!inside || endsHere())) {
        return StringNode.valueOf(value.toString());
      } else {
        repaired |= c < ' ' || closes(quote, c);
        value.append(c);
      }
    }
    repaired = true;
    cut = true;
    return StringNode.valueOf(value.toString());
  }

  private static boolean closes(char quote, char c) {
    return switch (quote) {
      case '“', '”' -> c == '”' || c == '"';
      case '‘', '’' -> c == '’' || c == '\'';
      default -> c == quote;
    };
  }

  /**
   * Whether what follows a quote can follow a string: a separator, a bracket, a new line, the end.
   */
  private boolean endsHere() {
    boolean line = false;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line = true;
      } else if (!Character.isWhitespace(c)) {
        return ",:}]".indexOf(c) >= 0
            || text.startsWith("//", i)
            || text.startsWith("/*", i)
            || line && (c == '"' || c == '\'' || c == '#' || c == '`');
      }
    }
    return true;
  }

  private void escape(StringBuilder value) {
    if (atEnd()) {
      repaired = true;
      return;
    }
    char c = text.charAt(at++);
    int known = "\"\\/bfnrt".indexOf(c);
    if (known >= 0) {
      value.append("\"\\/\b\f\n\r\t".charAt(known));
    } else if (c == 'u' && at + 4 <= text.length() && hex(at) >= 0) {
      value.append((char) hex(at));
      at += 4;
    } else {
      repaired = true;
      if (c != '\'' && c != '\n' && c != '`') {
        value.append('\\');
      }
      value.append(c);
    }
  }

  private int hex(int start) {
    int result = 0;
    for (int i = start; i < start + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return -1;
      }
      result = result * 16 + digit;
    }
    return result;
  }

  /** Reads an unquoted word: a literal, a number, or else a text. */
  JsonNode bare() {
    int start = at;
    while (!atEnd() && ",]}\n".indexOf(peek()) < 0 && !commentAfter(start)) {
      at++;
    }
    cut = atEnd();
    String word = text.substring(start, at).strip();
    if (!cut && LITERALS.containsKey(word) && Character.isLowerCase(word.charAt(0))) {
      return LITERALS.get(word);
    }
    JsonNode number = number(word);
    repaired |= cut || number == null || !STRICT_NUMBER.matcher(word).matches();
    if (number != null) {
      return number;
    }
    JsonNode literal = literal(word);
    return literal == null ? StringNode.valueOf(word) : literal;
  }

  /** Whether a comment begins here; one with a hash sign only after a number or literal. */
  private boolean commentAfter(int start) {
    if (peek() == '#' && at - start <= MAX_NUMBER_CHARS) {
      String word = text.substring(start, at).strip();
      return number(word) != null || literal(word) != null;
    }
    return text.startsWith("//", at) && (at == start || text.charAt(at - 1) != ':');
  }

  static @Nullable JsonNode literal(String word) {
    return LITERALS.get(word);
  }

  static @Nullable JsonNode number(String word) {
    if (word.length() > MAX_NUMBER_CHARS || !NUMBER.matcher(word).matches()) {
      return null;
    }
    String plain = word.startsWith("+") ? word.substring(1) : word;
    boolean whole = plain.chars().allMatch(c -> c == '-' || Character.isDigit(c));
    if (!whole) {
      return DecimalNode.valueOf(new BigDecimal(plain));
    }
    return plain.length() > 18
        ? BigIntegerNode.valueOf(new BigInteger(plain))
        : small(Long.parseLong(plain));
  }

  /** The same node as the strict reader makes. */
  private static JsonNode small(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }
}
