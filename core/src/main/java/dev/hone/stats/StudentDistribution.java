package dev.hone.stats;

/**
 * Student's t distribution. Thread-safe.
 *
 * <p>Source: probability for whole degrees of freedom by Abramowitz and Stegun 26.7.3 and 26.7.4,
 * quantile by its bisection, and for more than 1,000 degrees by the expansion 26.7.5.
 */
public final class StudentDistribution {
  private static final int MANY_DEGREES = 1_000;

  private StudentDistribution() {}

  /**
   * The probability that t stays below a value; exactly 0 or 1 for infinite ones.
   *
   * @param degrees of freedom, at least 1
   */
  public static double probability(double t, int degrees) {
    double within = withinAngle(Math.atan(Math.abs(t) / Math.sqrt(degrees)), degrees);
    return t < 0 ? (1 - within) / 2 : (1 + within) / 2;
  }

  /**
   * The value that t stays below with this probability, in (0, 1).
   *
   * @param degrees of freedom, at least 1
   */
  public static double quantile(double probability, int degrees) {
    if (probability < 0.5) {
      return -quantile(1 - probability, degrees);
    }
    if (degrees > MANY_DEGREES) {
      return manyDegrees(NormalDistribution.quantile(probability), degrees);
    }
    double low = 0;
    double high = Math.PI / 2;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (withinAngle(middle, degrees) < 2 * probability - 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(degrees) * Math.tan((low + high) / 2);
  }

  private static double manyDegrees(double x, double degrees) {
    double x2 = x * x;
    double first = x * (x2 + 1) / 4;
    double second = x * ((5 * x2 + 16) * x2 + 3) / 96;
    double third = x * (((3 * x2 + 19) * x2 + 17) * x2 - 15) / 384;
    return x + (first + (second + third / degrees) / degrees) / degrees;
  }

  /** The probability that t lies within plus and minus the square root of the degrees times tan. */
  private static double withinAngle(double angle, int degrees) {
    boolean odd = degrees % 2 == 1;
    double cosine = Math.cos(angle);
    double term = odd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int i = odd ? 3 : 2; i <= degrees - 2; i += 2) {
      term *= cosine * cosine * (i - 1) / i;
      sum += term;
    }
    double sine = Math.sin(angle);
    return odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
  }
}
