package dev.hone.stats;

/**
 * Quantiles and probabilities of the normal and Student's t distribution.
 *
 * <p>Source: normal quantile by P. J. Acklam's rational approximation with one step of Halley's
 * method; normal probability by its Taylor series (G. Marsaglia, 2004); Student's probability for
 * whole degrees of freedom by Abramowitz and Stegun 26.7.3 and 26.7.4, its quantile by bisection,
 * and for more than 1,000 degrees by the expansion 26.7.5.
 */
public final class Quantiles {
  private static final int MANY_DEGREES = 1_000;

  private static final double[] A = {
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
    1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00
  };
  private static final double[] B = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01,
    1
  };
  private static final double[] C = {
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00
  };
  private static final double[] D = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
  };

  private Quantiles() {}

  /** The value that a standard normal variable stays below with this probability, in (0, 1). */
  public static double normal(double probability) {
    double x = roughNormal(probability);
    double error =
        (normalProbability(x) - probability) * Math.sqrt(2 * Math.PI) * Math.exp(x * x / 2);
    return x - error / (1 + x * error / 2);
  }

  private static double roughNormal(double p) {
    if (p > 0.5) {
      return -roughNormal(1 - p);
    }
    if (p < 0.02425) {
      double q = Math.sqrt(-2 * Math.log(p));
      return polynomial(C, q) / polynomial(D, q);
    }
    double q = p - 0.5;
    return q * polynomial(A, q * q) / polynomial(B, q * q);
  }

  private static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (double coefficient : coefficients) {
      value = value * x + coefficient;
    }
    return value;
  }

  /** The probability that a standard normal variable stays below a value. */
  public static double normalProbability(double x) {
    if (Math.abs(x) > 8) {
      return x > 0 ? 1 : 0;
    }
    double sum = x;
    double term = x;
    for (int i = 3; sum + term != sum; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The value that Student's t stays below with this probability, in (0, 1). */
  static double student(double probability, int degrees) {
    if (probability < 0.5) {
      return -student(1 - probability, degrees);
    }
    if (degrees > MANY_DEGREES) {
      return manyDegrees(normal(probability), degrees);
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
