package dev.hone.coerce;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;

/**
 * Converts numbers to their canonical nodes. A result of null means that the value does not fit.
 */
public final class Numbers {
  private static final int MAX_DIGITS = 1000;
  private static final int MAX_SCALE = 2 * MAX_DIGITS;
  private static final Pattern PLAIN =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,6})?");
  private static final Pattern GROUPED =
      Pattern.compile("[+-]?[1-9]\\d{0,2}([,_])\\d{3}(\\1\\d{3})*(\\.\\d*)?");

  private Numbers() {}

  /** A whole number of a number of bits; 0 bits for one without limits. */
  static @Nullable JsonNode whole(int bits, JsonNode node) {
    boolean small = node.isInt() || node.isLong();
    if (bits > 0 && small) {
      long value = node.longValue();
      return !fits(bits, value) ? null : node instanceof LongNode ? node : LongNode.valueOf(value);
    }
    if (bits == 0 && node instanceof BigIntegerNode) {
      return node;
    }
    BigDecimal number = read(node);
    return number == null ? null : whole(bits, number);
  }

  private static @Nullable JsonNode whole(int bits, BigDecimal number) {
    boolean zero = number.signum() == 0;
    if (!zero && (isVast(number) || number.scale() >= number.precision())) {
      return null;
    }
    BigInteger value;
    try {
      value = zero ? BigInteger.ZERO : number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      return null;
    }
    if (bits == 0) {
      return BigIntegerNode.valueOf(value);
    }
    return value.bitLength() < bits ? LongNode.valueOf(value.longValue()) : null;
  }

  /** Whether arithmetic with a number takes long, for the many digits before or after its point. */
  private static boolean isVast(BigDecimal number) {
    return (long) number.precision() - number.scale() > MAX_DIGITS || number.scale() > MAX_SCALE;
  }

  private static boolean fits(int bits, long value) {
    return bits == 64 || value >> (bits - 1) == value >> 63;
  }

  /** A number with a fraction; refuses NaN, infinities and what does not fit a double. */
  static @Nullable JsonNode decimal(boolean exact, JsonNode node) {
    if (!exact && node instanceof DoubleNode) {
      return Double.isFinite(node.doubleValue()) ? node : null;
    }
    BigDecimal number = read(node);
    if (number == null) {
      return null;
    }
    if (exact) {
      boolean canonical = node instanceof DecimalNode;
      return isVast(number) ? null : canonical ? node : DecimalNode.valueOf(number);
    }
    double value = number.doubleValue();
    return Double.isFinite(value) ? DoubleNode.valueOf(value) : null;
  }

  /** The exact number that a node or its text states, or null. */
  private static @Nullable BigDecimal read(JsonNode node) {
    if (node.isNumber()) {
      boolean finite = !(node.isDouble() || node.isFloat()) || Double.isFinite(node.doubleValue());
      return finite ? node.decimalValue() : null;
    }
    return node.isString() ? read(node.stringValue()) : null;
  }

  /** The exact number that a text states, or null. */
  static @Nullable BigDecimal read(String text) {
    if (text.length() > MAX_DIGITS) {
      return null;
    }
    String bare = RawText.bare(text).replace('\u2212', '-');
    if (PLAIN.matcher(bare).matches()) {
      return new BigDecimal(bare);
    }
    return GROUPED.matcher(bare).matches()
        ? new BigDecimal(bare.replace(",", "").replace("_", ""))
        : null;
  }
}
