package dev.hone.stats;

/**
 * The standard normal distribution. Thread-safe.
 *
 * <p>Source: quantile by P. J. Acklam's rational approximation with one step of Halley's method;
 * probability by its Taylor series (G. Marsaglia, 2004). The error of a probability is under 1e-14.
 */
public final class NormalDistribution {
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

  private NormalDistribution() {}

  /**
   * The probability that a standard normal variable stays below a value; exactly 0 or 1 farther out
   * than 8, NaN for NaN.
   */
  public static double probability(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
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

  /** The standard normal density at x. */
  public static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The value that a standard normal variable stays below with this probability, in (0, 1). */
  public static double quantile(double probability) {
    double x = roughQuantile(probability);
    double error = (probability(x) - probability) * Math.sqrt(2 * Math.PI) * Math.exp(x * x / 2);
    return x - error / (1 + x * error / 2);
  }

  private static double roughQuantile(double p) {
    if (p > 0.5) {
      return -roughQuantile(1 - p);
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
}
