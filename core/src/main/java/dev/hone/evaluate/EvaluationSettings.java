package dev.hone.evaluate;

import dev.hone.SettingCheck;
import dev.hone.metric.RunTrace.Purpose;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** How programs are evaluated. Immutable. */
public final class EvaluationSettings {
  private static final EvaluationSettings DEFAULTS = new EvaluationSettings(new Draft());

  /** So that 0.29 of 100 is 29. */
  private static final double ROUNDING = 1e-9;

  private final Draft values;

  private EvaluationSettings(Draft values) {
    SettingCheck.given("purpose", values.purpose);
    SettingCheck.finite("failureScore", values.failureScore);
    SettingCheck.atLeast("maxInFlight", values.maxInFlight, 1);
    SettingCheck.atLeast("maxErrors", values.maxErrors, 0);
    SettingCheck.between("maxErrorRate", values.maxErrorRate, 0, 1, 0.1);
    this.values = values;
  }

  /** The values, before they are settings; never changed after that. */
  private static final class Draft {
    private Purpose purpose = Purpose.EVALUATE;
    private double failureScore;
    private boolean memoize = true;
    private int maxInFlight = Integer.MAX_VALUE;
    private int maxErrors = Integer.MAX_VALUE;
    private double maxErrorRate = 1;

    private Draft() {}

    private Draft(Draft other) {
      purpose = other.purpose;
      failureScore = other.failureScore;
      memoize = other.memoize;
      maxInFlight = other.maxInFlight;
      maxErrors = other.maxErrors;
      maxErrorRate = other.maxErrorRate;
    }
  }

  private EvaluationSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(values);
    change.accept(draft);
    return new EvaluationSettings(draft);
  }

  /** The defaults. */
  public static EvaluationSettings defaults() {
    return DEFAULTS;
  }

  /** Why the metric is asked; default {@link Purpose#EVALUATE}. */
  public Purpose purpose() {
    return values.purpose;
  }

  /** The score of an example whose program failed; default 0. */
  public double failureScore() {
    return values.failureScore;
  }

  /** Whether an outcome is kept and reused for the same state and example; default true. */
  public boolean memoize() {
    return values.memoize;
  }

  /**
   * The most examples that run at once; default: as many as calls may be in flight in the context.
   */
  public int maxInFlight() {
    return values.maxInFlight;
  }

  /**
   * The most examples of an evaluation that may fail, in the program, in the metric or for want of
   * a reply; one more ends it. Default: none, no limit.
   */
  public OptionalInt maxErrors() {
    return values.maxErrors == Integer.MAX_VALUE
        ? OptionalInt.empty()
        : OptionalInt.of(values.maxErrors);
  }

  /**
   * The largest share of the examples of an evaluation that may fail, 0 to 1; one example more ends
   * it. Default: none, no limit.
   */
  public OptionalDouble maxErrorRate() {
    return values.maxErrorRate == 1
        ? OptionalDouble.empty()
        : OptionalDouble.of(values.maxErrorRate);
  }

  /** The most of a number of examples that may fail, by both limits. */
  int mostErrors(int examples) {
    return (int) Math.min(values.maxErrors, Math.floor(values.maxErrorRate * examples + ROUNDING));
  }

  /** A copy with another purpose. */
  public EvaluationSettings withPurpose(Purpose value) {
    return with(draft -> draft.purpose = value);
  }

  /**
   * A copy with another failure score.
   *
   * @throws dev.hone.InvalidInputException if it is not finite
   */
  public EvaluationSettings withFailureScore(double value) {
    return with(draft -> draft.failureScore = value);
  }

  /** A copy that keeps outcomes, or does not. */
  public EvaluationSettings withMemoize(boolean value) {
    return with(draft -> draft.memoize = value);
  }

  /**
   * A copy that runs at most this number of examples at once.
   *
   * @throws dev.hone.InvalidInputException if it is less than 1
   */
  public EvaluationSettings withMaxInFlight(int value) {
    return with(draft -> draft.maxInFlight = value);
  }

  /**
   * A copy that ends an evaluation when more examples failed than this number; see {@link
   * #maxErrors}.
   *
   * @throws dev.hone.InvalidInputException if it is negative
   */
  public EvaluationSettings withMaxErrors(int value) {
    return with(draft -> draft.maxErrors = value);
  }

  /**
   * A copy that ends an evaluation when a larger share of its examples failed than this; see {@link
   * #maxErrorRate}.
   *
   * @throws dev.hone.InvalidInputException if it is not between 0 and 1
   */
  public EvaluationSettings withMaxErrorRate(double value) {
    return with(draft -> draft.maxErrorRate = value);
  }
}
