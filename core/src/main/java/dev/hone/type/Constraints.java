package dev.hone.type;

import dev.hone.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits on a field's values beyond its type.
 *
 * @param min the smallest number, inclusive; negative infinity for none
 * @param max the largest number, inclusive; positive infinity for none
 * @param minSize the fewest characters or items; 0 for none
 * @param maxSize the most characters or items; {@link Integer#MAX_VALUE} for none
 */
public record Constraints(double min, double max, int minSize, int maxSize) {
  /** No limits. */
  public static final Constraints NONE =
      new Constraints(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, Integer.MAX_VALUE);

  /** Checks that each lower limit is not above its upper limit. */
  public Constraints {
    if (Double.isNaN(min) || Double.isNaN(max)) {
      throw InvalidInputException.of(
          "A limit is NaN: min is %s and max is %s".formatted(shown(min), shown(max)),
          "leave the limit out");
    }
    if (min > max) {
      throw InvalidInputException.of(
          "The limits min (%s) and max (%s) allow no number".formatted(shown(min), shown(max)),
          "swap them");
    }
    if (minSize < 0) {
      throw InvalidInputException.of("minSize (" + minSize + ") is negative", "leave it out");
    }
    if (minSize > maxSize) {
      throw InvalidInputException.of(
          "The limits minSize (%d) and maxSize (%d) allow no size".formatted(minSize, maxSize),
          "swap them");
    }
  }

  /**
   * The limits in words, each a short phrase such as {@code at least 0}; empty if there are none.
   */
  public List<String> phrases() {
    List<String> phrases = new ArrayList<>();
    if (min != Double.NEGATIVE_INFINITY) {
      phrases.add("at least " + plain(min));
    }
    if (max != Double.POSITIVE_INFINITY) {
      phrases.add("at most " + plain(max));
    }
    if (minSize > 0) {
      phrases.add("size at least " + minSize);
    }
    if (maxSize < Integer.MAX_VALUE) {
      phrases.add("size at most " + maxSize);
    }
    return List.copyOf(phrases);
  }

  private static String shown(double value) {
    return Double.isFinite(value) ? plain(value) : "" + value;
  }

  /** A number without an exponent and without a needless fraction. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
