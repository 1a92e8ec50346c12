package dev.hone;

import org.jspecify.annotations.Nullable;

/** Checks settings, in one form of words: the setting, its value, what was expected, and a fix. */
public final class SettingCheck {
  private SettingCheck() {}

  /**
   * Checks that a value was given.
   *
   * @return the value
   * @throws InvalidInputException if it is null
   */
  public static <T> T given(String name, @Nullable T value) {
    if (value == null) {
      throw InvalidInputException.of(name + " is null", "leave it out for the default");
    }
    return value;
  }

  /**
   * Checks the lower bound of a whole number; null passes.
   *
   * @throws InvalidInputException if it is less
   */
  public static void atLeast(String name, @Nullable Integer value, int least) {
    if (value != null && value < least) {
      throw InvalidInputException.of(
          "%s (%d) is less than %d".formatted(name, value, least), "raise it to " + least);
    }
  }

  /**
   * Checks that a share lies between 0 and 1, both excluded.
   *
   * @param usual what to use instead
   * @throws InvalidInputException if it does not
   */
  public static void fraction(String name, double value, double usual) {
    if (!(value > 0 && value < 1)) {
      throw InvalidInputException.of(
          "%s (%s) is not between 0 and 1".formatted(name, value), "use " + usual);
    }
  }

  /**
   * Checks that a number lies within bounds, both included; null passes.
   *
   * @param usual what to use instead
   * @throws InvalidInputException if it does not
   */
  public static void between(
      String name, @Nullable Double value, double least, double most, double usual) {
    if (value != null && !(value >= least && value <= most)) {
      throw InvalidInputException.of(
          "%s (%s) is not between %s and %s".formatted(name, value, plain(least), plain(most)),
          "use " + plain(usual));
    }
  }

  /**
   * Checks that a number is at least a bound.
   *
   * @param usual what to use instead
   * @throws InvalidInputException if it is less, or not a number
   */
  public static void atLeast(String name, double value, double least, double usual) {
    if (!(value >= least)) {
      throw InvalidInputException.of(
          "%s (%s) is less than %s".formatted(name, value, plain(least)), "use " + plain(usual));
    }
  }

  /**
   * Checks that a number is over a bound.
   *
   * @param usual what to use instead
   * @throws InvalidInputException if it is the bound or less, or not a number
   */
  public static void over(String name, double value, double bound, double usual) {
    if (!(value > bound)) {
      throw InvalidInputException.of(
          "%s (%s) is not over %s".formatted(name, value, plain(bound)), "use " + plain(usual));
    }
  }

  /**
   * Checks that a number is finite; null passes.
   *
   * @throws InvalidInputException if it is infinite or not a number
   */
  public static void finite(String name, @Nullable Double value) {
    if (value != null && !Double.isFinite(value)) {
      throw InvalidInputException.of(
          "%s (%s) is not a finite number".formatted(name, value), "use 0");
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
