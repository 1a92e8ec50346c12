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
record ReadLimits(double min, double max, int minSize, int maxSize) {
  static final ReadLimits NONE =
      new ReadLimits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, Integer.MAX_VALUE);

  private static final Pattern PHRASE =
      Pattern.compile("(size )?at (least|most) (-?\\d{1,400}(?:\\.\\d{1,400})?)");

  /** Reads the phrases of a text; what is no limit is passed over. */
  static ReadLimits of(String text) {
    ReadLimits limits = NONE;
    Matcher phrase = PHRASE.matcher(text);
    while (phrase.find()) {
      double number = Double.parseDouble(phrase.group(3));
      limits = limits.with(phrase.group(1) != null, phrase.group(2).equals("least"), number);
    }
    return limits;
  }

  private ReadLimits with(boolean size, boolean least, double number) {
    if (size) {
      return least
          ? new ReadLimits(min, max, (int) number, maxSize)
          : new ReadLimits(min, max, minSize, (int) number);
    }
    return least
        ? new ReadLimits(number, max, minSize, maxSize)
        : new ReadLimits(min, number, minSize, maxSize);
  }

  /** These limits with other limits of numbers as well; the others do not count if they clash. */
  ReadLimits narrowedTo(ReadLimits other) {
    double low = Math.max(min, other.min);
    double high = Math.min(max, other.max);
    return low > high ? this : new ReadLimits(low, high, minSize, maxSize);
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
