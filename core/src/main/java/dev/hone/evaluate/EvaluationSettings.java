package dev.hone.evaluate;

import dev.hone.SettingCheck;
import dev.hone.metric.RunTrace.Purpose;

/** How programs are evaluated. Immutable. */
public final class EvaluationSettings {
  private static final EvaluationSettings DEFAULTS =
      new EvaluationSettings(Purpose.EVALUATE, 0, true, Integer.MAX_VALUE);

  private final Purpose purpose;
  private final double failureScore;
  private final boolean memoize;
  private final int maxInFlight;

  private EvaluationSettings(
      Purpose purpose, double failureScore, boolean memoize, int maxInFlight) {
    SettingCheck.given("purpose", purpose);
    SettingCheck.finite("failureScore", failureScore);
    SettingCheck.atLeast("maxInFlight", maxInFlight, 1);
    this.purpose = purpose;
    this.failureScore = failureScore;
    this.memoize = memoize;
    this.maxInFlight = maxInFlight;
  }

  /** The defaults. */
  public static EvaluationSettings defaults() {
    return DEFAULTS;
  }

  /** Why the metric is asked; default {@link Purpose#EVALUATE}. */
  public Purpose purpose() {
    return purpose;
  }

  /** The score of an example whose program failed; default 0. */
  public double failureScore() {
    return failureScore;
  }

  /** Whether an outcome is kept and reused for the same state and example; default true. */
  public boolean memoize() {
    return memoize;
  }

  /**
   * The most examples that run at once; default: as many as calls may be in flight in the context.
   */
  public int maxInFlight() {
    return maxInFlight;
  }

  /** A copy with another purpose. */
  public EvaluationSettings withPurpose(Purpose value) {
    return new EvaluationSettings(value, failureScore, memoize, maxInFlight);
  }

  /**
   * A copy with another failure score.
   *
   * @throws dev.hone.InvalidInputException if it is not finite
   */
  public EvaluationSettings withFailureScore(double value) {
    return new EvaluationSettings(purpose, value, memoize, maxInFlight);
  }

  /** A copy that keeps outcomes, or does not. */
  public EvaluationSettings withMemoize(boolean value) {
    return new EvaluationSettings(purpose, failureScore, value, maxInFlight);
  }

  /**
   * A copy that runs at most this number of examples at once.
   *
   * @throws dev.hone.InvalidInputException if it is less than 1
   */
  public EvaluationSettings withMaxInFlight(int value) {
    return new EvaluationSettings(purpose, failureScore, memoize, value);
  }
}
