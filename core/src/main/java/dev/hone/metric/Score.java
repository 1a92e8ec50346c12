package dev.hone.metric;

import dev.hone.InvalidInputException;

/**
 * What a metric says of one output.
 *
 * @param value the score; usually 0 to 1, higher is better; always finite
 * @param feedback why, in words; empty if nothing was said
 */
public record Score(double value, String feedback) {
  /** Checks that the value is a finite number. */
  public Score {
    if (!Double.isFinite(value)) {
      throw InvalidInputException.of(
          "A metric gave the score " + value + ", expected a finite number",
          "check it for a division by zero");
    }
  }

  /** A score without feedback. */
  public static Score of(double value) {
    return new Score(value, "");
  }

  /** 1 or 0. */
  public static Score of(boolean success) {
    return of(success ? 1 : 0);
  }
}
