package dev.hone.json;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Values without quotes: numbers, words for true, false and nothing in any language, and texts of
 * which no part can be meant as anything but text.
 */
final class LenientWords {
  private static final Map<String, JsonNode> LITERALS =
      Map.of(
          "true", BooleanNode.TRUE,
          "false", BooleanNode.FALSE,
          "null", NullNode.getInstance(),
          "undefined", NullNode.getInstance(),
          "nil", NullNode.getInstance());
  private static final Set<String> NO_NUMBERS = Set.of("nan", "inf", "infinity");
  private static final String FOREIGN_QUOTES = "«»‹›„‚「『《〈";
  private static final String SYNTAX = "\"“”`{[:";

  private LenientWords() {}

  /** The value of a word for true, false or nothing, in any case; null if it is none. */
  static @Nullable JsonNode literal(String word) {
    if (word.equals("None")) {
      return NullNode.getInstance(); // in another case it may be a choice
    }
    return word.length() > 9 ? null : LITERALS.get(word.toLowerCase(Locale.ROOT));
  }

  static boolean isLiteral(String word) {
    return literal(word) != null;
  }

  /** Whether a word is a literal of strict JSON. */
  static boolean isStrictLiteral(String word) {
    return word.equals("true") || word.equals("false") || word.equals("null");
  }

  /** The value of a word, a text if it is nothing else. */
  static JsonNode value(String word) {
    JsonNode number = JsonNumber.read(word);
    JsonNode literal = number == null ? literal(word) : number;
    return literal == null ? StringNode.valueOf(word) : literal;
  }

  /** How else a text without quotes can be read than as a text, in words; null if in no way. */
  static @Nullable String doubt(String word) {
    if (JsonNumber.isBeyondLimits(word)) {
      return "the number " + Doubt.shown(word) + " is too large or too long";
    } else if (NO_NUMBERS.contains(unsigned(word))) {
      return Doubt.shown(word) + " is no number of JSON, or a text without its quotes";
    } else if (hasDots(word)) {
      return "dots can stand for what was left out, or be a text without its quotes";
    } else if (isCode(word)) {
      return "`"
          + Doubt.shown(word)
          + "` can be a text without its quotes, or several values or code";
    }
    return null;
  }

  private static String unsigned(String word) {
    String plain = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
    return plain.length() > 8 ? "" : plain.toLowerCase(Locale.ROOT);
  }

  private static boolean hasDots(String word) {
    return word.startsWith(".") || word.contains("..") || word.indexOf('…') >= 0;
  }

  private static boolean isCode(String word) {
    boolean syntax =
        !word.isEmpty() && FOREIGN_QUOTES.indexOf(word.charAt(0)) >= 0
            || word.startsWith("(")
            || word.startsWith("=")
            || word.startsWith("\\\"");
    for (int i = 0; i < word.length() && !syntax; i++) {
      char c = word.charAt(i);
      boolean inWord =
          i > 0
              && i + 1 < word.length()
              && Character.isLetter(word.charAt(i - 1))
              && Character.isLetter(word.charAt(i + 1));
      boolean call = c == '(' && i > 0 && Character.isLetterOrDigit(word.charAt(i - 1));
      syntax = SYNTAX.indexOf(c) >= 0 || isApostrophe(c) && !inWord || call || isComment(word, i);
    }
    return syntax || isUnbalanced(word) || areNumbers(word);
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '‘' || c == '’';
  }

  private static boolean isComment(String word, int i) {
    return word.startsWith("//", i)
        || word.startsWith("/*", i)
        || word.startsWith("*/", i)
        || word.startsWith(" #", i);
  }

  private static boolean isUnbalanced(String word) {
    int open = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      open += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return open != 0;
  }

  /** Whether these are numbers and literals, between which the commas are missing. */
  private static boolean areNumbers(String word) {
    int space = word.indexOf(' ');
    int end = space < 0 ? -1 : word.indexOf(' ', space + 1);
    return space > 0
        && isNumber(word.substring(0, space))
        && isNumber(word.substring(space + 1, end < 0 ? word.length() : end));
  }

  private static boolean isNumber(String word) {
    return literal(word) != null || JsonNumber.read(word) != null;
  }
}
