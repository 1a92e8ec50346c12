package dev.hone.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Scores as people read them, rounded half up: 0.7345 is 73.5 points. A binary fraction is a hair
 * beside the decimal one that it stands for, so that twelve digits are taken first.
 */
public final class Rounded {
  private static final MathContext MEANT = new MathContext(12, RoundingMode.HALF_EVEN);

  private Rounded() {}

  /** A score in points of a hundred with one place, such as {@code 73.5}. */
  public static String points(double score) {
    return text(score, 2, 1);
  }

  /** A difference of scores in points with its sign, such as {@code +1.5}. */
  public static String signedPoints(double difference) {
    return signed(points(difference));
  }

  /** A number with some places, such as {@code 0.735}. */
  public static String of(double value, int places) {
    return text(value, 0, places);
  }

  /** A number with its sign and some places, such as {@code +0.015}. */
  public static String signedOf(double value, int places) {
    return signed(of(value, places));
  }

  private static String signed(String number) {
    return number.startsWith("-") ? number : "+" + number;
  }

  private static String text(double value, int shift, int places) {
    return Double.isFinite(value)
        ? new BigDecimal(value)
            .round(MEANT)
            .movePointRight(shift)
            .setScale(places, RoundingMode.HALF_UP)
            .toPlainString()
        : String.valueOf(value);
  }
}
