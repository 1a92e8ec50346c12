package dev.hone.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;

/** Numbers as JSON and as models write them, and how large they may be. */
final class JsonNumber {
  /** The most characters of a number. */
  static final int MAX_CHARS = 1000;

  /** The most places after a number's point, and the most zeros that its exponent stands for. */
  static final int MAX_PLACES = 1000;

  private static final Pattern STRICT =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern LENIENT =
      Pattern.compile("[+-]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  private JsonNumber() {}

  /** Whether a word is a number of strict JSON, of any size. */
  static boolean isStrict(String word) {
    return startsAsNumber(word) && STRICT.matcher(word).matches();
  }

  /** Whether a word is a number that is larger, smaller or longer than any that is read. */
  static boolean isBeyondLimits(String word) {
    return startsAsNumber(word) && LENIENT.matcher(word).matches() && read(word) == null;
  }

  /** The number that a word states; null if it states none, or one beyond the limits. */
  static @Nullable JsonNode read(String word) {
    if (word.length() > MAX_CHARS || !startsAsNumber(word) || !LENIENT.matcher(word).matches()) {
      return null;
    }
    String plain = word.startsWith("+") ? word.substring(1) : word;
    if (isWhole(plain)) {
      return plain.length() > 18
          ? BigIntegerNode.valueOf(new BigInteger(plain))
          : small(Long.parseLong(plain));
    }
    try {
      BigDecimal number = new BigDecimal(plain);
      return isWithinLimits(number) ? DecimalNode.valueOf(number) : null;
    } catch (NumberFormatException e) {
      return null; // its exponent is beyond any number
    }
  }

  private static boolean isWhole(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c != '-' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  static boolean isWithinLimits(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MAX_PLACES;
  }

  private static boolean startsAsNumber(String word) {
    char c = word.isEmpty() ? ' ' : word.charAt(0);
    return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.';
  }

  /** The same node as the strict reader makes. */
  private static JsonNode small(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }
}
