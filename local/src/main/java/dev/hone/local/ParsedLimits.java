package dev.hone.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of a field that a prompt states, such as {@code at least 0, at most 10}.
 *
 * @param min the smallest number
 * @param max the largest number
 * @param minSize the fewest characters or items
 * @param maxSize the most characters or items
 */
record ParsedLimits(double min, double max, int minSize, int maxSize) {
  static final ParsedLimits NONE =
      new ParsedLimits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, Integer.MAX_VALUE);

  private static final Pattern PHRASE =
      Pattern.compile("(size )?at (least|most) (-?\\d{1,400}(?:\\.\\d{1,400})?)");

  /** Reads the phrases of a text; what is not a limit is ignored. */
  static ParsedLimits of(String text) {
    ParsedLimits limits = NONE;
    Matcher phrase = PHRASE.matcher(text);
    while (phrase.find()) {
      double number = Double.parseDouble(phrase.group(3));
      limits = limits.with(phrase.group(1) != null, phrase.group(2).equals("least"), number);
    }
    return limits;
  }

  private ParsedLimits with(boolean size, boolean least, double number) {
    if (size) {
      return least
          ? new ParsedLimits(min, max, (int) number, maxSize)
          : new ParsedLimits(min, max, minSize, (int) number);
    }
    return least
        ? new ParsedLimits(number, max, minSize, maxSize)
        : new ParsedLimits(min, number, minSize, maxSize);
  }

  /** These limits with other limits of numbers as well; the others do not count if they clash. */
  ParsedLimits narrowedTo(ParsedLimits other) {
    double low = Math.max(min, other.min);
    double high = Math.min(max, other.max);
    return low > high ? this : new ParsedLimits(low, high, minSize, maxSize);
  }

  /** Whether a number is within the limits. */
  boolean admits(double number) {
    return clamp(number) == number;
  }

  /** The nearest number that is within the limits. */
  double clamp(double number) {
    return Math.max(min, Math.min(max, number));
  }

  /** The nearest size that is within the limits. */
  int clampSize(int size) {
    return Math.max(minSize, Math.min(maxSize, size));
  }
}
