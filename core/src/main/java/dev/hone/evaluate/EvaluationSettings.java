package dev.hone.evaluate;

import dev.hone.InvalidInputException;
import dev.hone.metric.MetricContext;

/**
 * How programs are evaluated.
 *
 * @param purpose why the metric is asked; default {@link MetricContext.Purpose#EVALUATE}
 * @param failureScore what an example counts whose program failed; default 0
 * @param memoize whether an outcome is kept and reused for the same state and example; default true
 */
public record EvaluationSettings(
    MetricContext.Purpose purpose, double failureScore, boolean memoize) {
  /** Checks that the failure score is finite. */
  public EvaluationSettings {
    if (!Double.isFinite(failureScore)) {
      throw InvalidInputException.of(
          "failureScore (" + failureScore + ") is not a finite number", "use 0");
    }
  }

  /** The defaults. */
  public static EvaluationSettings defaults() {
    return new EvaluationSettings(MetricContext.Purpose.EVALUATE, 0, true);
  }

  /** A copy with another purpose. */
  public EvaluationSettings withPurpose(MetricContext.Purpose value) {
    return new EvaluationSettings(value, failureScore, memoize);
  }

  /** A copy with another failure score. */
  public EvaluationSettings withFailureScore(double value) {
    return new EvaluationSettings(purpose, value, memoize);
  }

  /** A copy that keeps outcomes, or does not. */
  public EvaluationSettings withMemoize(boolean value) {
    return new EvaluationSettings(purpose, failureScore, value);
  }
}
