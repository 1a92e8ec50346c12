package dev.hone.pipeline;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import java.time.Duration;

/**
 * When and how often a call that failed with an {@link LmException.Retriable} is tried again.
 * Before attempt <i>n</i> + 1 lies a delay of {@code initialDelay * multiplier^(n-1)}, at most
 * {@code maxDelay}, more or less by the jitter. Where the provider asks for a longer or shorter
 * wait, that counts instead, and jitter only adds to it. Immutable.
 *
 * <p>Defaults: 4 attempts; delays of 500 ms, 1 s and 2 s, none above 30 s, more or less by up to a
 * quarter; 5 minutes in total; no waiting for a model that is away.
 */
public final class RetrySettings {
  /** A longer time is taken for this one, so that its nanoseconds can be added to others. */
  static final Duration LONGEST = Duration.ofDays(365);

  private static final RetrySettings DEFAULTS = new Builder().build();

  /** For calls that are answered in batches, each attempt after hours. */
  private static final RetrySettings BATCHED = new Builder().totalTime(LONGEST).build();

  private final int maxAttempts;
  private final Duration initialDelay;
  private final Duration maxDelay;
  private final double multiplier;
  private final double jitter;
  private final Duration totalTime;
  private final Duration outageTime;

  private RetrySettings(Builder builder) {
    maxAttempts = builder.maxAttempts;
    initialDelay = SettingCheck.given("initialDelay", builder.initialDelay);
    maxDelay = SettingCheck.given("maxDelay", builder.maxDelay);
    multiplier = builder.multiplier;
    jitter = builder.jitter;
    totalTime = SettingCheck.given("totalTime", builder.totalTime);
    outageTime = SettingCheck.given("outageTime", builder.outageTime);
    SettingCheck.atLeast("maxAttempts", maxAttempts, 1);
    SettingCheck.between("jitter", jitter, 0, 1, 0.25);
    require(!initialDelay.isNegative(), "initialDelay (" + initialDelay + ") is negative", "use 0");
    require(
        maxDelay.compareTo(initialDelay) >= 0,
        "maxDelay (" + maxDelay + ") is shorter than initialDelay (" + initialDelay + ")",
        "raise maxDelay");
    require(multiplier >= 1, "multiplier (" + multiplier + ") is less than 1", "use 2");
    require(!totalTime.isNegative(), "totalTime (" + totalTime + ") is negative", "use PT5M");
    require(!outageTime.isNegative(), "outageTime (" + outageTime + ") is negative", "use PT30M");
  }

  private static void require(boolean condition, String problem, String fix) {
    if (!condition) {
      throw InvalidInputException.of(problem, fix);
    }
  }

  /** The defaults. */
  public static RetrySettings defaults() {
    return DEFAULTS;
  }

  /**
   * The defaults for a model: those of all, but with 365 days in total for one that is {@linkplain
   * LanguageModel#isBatched() batched}.
   *
   * @throws InvalidInputException if the model is null
   */
  public static RetrySettings defaultsFor(LanguageModel model) {
    return SettingCheck.given("model", model).isBatched() ? BATCHED : DEFAULTS;
  }

  /** One attempt, no retries. */
  public static RetrySettings none() {
    return DEFAULTS.withMaxAttempts(1);
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder()
        .maxAttempts(maxAttempts)
        .delays(initialDelay, maxDelay)
        .multiplier(multiplier)
        .jitter(jitter)
        .totalTime(totalTime)
        .outageTime(outageTime);
  }

  /** The most attempts, the first one included; at least 1. */
  public int maxAttempts() {
    return maxAttempts;
  }

  /** The delay before the second attempt. */
  public Duration initialDelay() {
    return initialDelay;
  }

  /** The longest delay that grows by itself; a provider may ask for a longer one. */
  public Duration maxDelay() {
    return maxDelay;
  }

  /** The factor by which each delay is longer than the one before, at least 1. */
  public double multiplier() {
    return multiplier;
  }

  /**
   * The largest random deviation of a delay, as a share of it, 0 to 1; it decides when a call is
   * made, never what it returns.
   */
  public double jitter() {
    return jitter;
  }

  /**
   * How long after the first attempt began the last one may begin; a call whose next delay does not
   * fit in fails at once.
   */
  public Duration totalTime() {
    return totalTime;
  }

  /**
   * How long after its first attempt began a call still waits for a model that is away: that limits
   * the rate, or cannot be reached, and so does for all calls. It then goes on trying beyond the
   * other limits, with delays that grow up to {@link #maxDelay()}; each attempt at a model that
   * cannot be reached counts in a budget. After it the call fails as it would have before. Default:
   * zero, so that nothing waits; for a run that nobody watches, 30 minutes or more.
   */
  public Duration outageTime() {
    return outageTime;
  }

  /** A copy with another number of attempts. */
  public RetrySettings withMaxAttempts(int value) {
    return toBuilder().maxAttempts(value).build();
  }

  /** A copy with other delays. */
  public RetrySettings withDelays(Duration initial, Duration max) {
    return toBuilder().delays(initial, max).build();
  }

  /** A copy with another multiplier. */
  public RetrySettings withMultiplier(double value) {
    return toBuilder().multiplier(value).build();
  }

  /** A copy with another jitter. */
  public RetrySettings withJitter(double value) {
    return toBuilder().jitter(value).build();
  }

  /** A copy with another limit on the total time. */
  public RetrySettings withTotalTime(Duration value) {
    return toBuilder().totalTime(value).build();
  }

  /** A copy that waits for a model that is away; see {@link #outageTime()}. */
  public RetrySettings withOutageTime(Duration value) {
    return toBuilder().outageTime(value).build();
  }

  /**
   * The delay before the next attempt.
   *
   * @param attempts the attempts made so far, at least 1
   * @param error what the last one failed with
   * @param position where in the range of the jitter the delay lies, 0 to 1
   */
  public Duration delay(int attempts, LmException.Retriable error, double position) {
    Duration asked = error.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(Duration.ZERO) > 0) {
      return scaled(asked, 1 + jitter * position);
    }
    double growth = Math.pow(multiplier, attempts - 1);
    Duration grown = scaled(initialDelay, growth);
    Duration capped = grown.compareTo(maxDelay) > 0 ? maxDelay : grown;
    return scaled(capped, 1 + jitter * (2 * position - 1));
  }

  private static Duration scaled(Duration duration, double factor) {
    Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    return Duration.ofNanos((long) Math.min(bounded.toNanos() * factor, LONGEST.toNanos()));
  }

  /** One line with all settings. */
  @Override
  public String toString() {
    return "RetrySettings[maxAttempts %d, delays %s to %s, multiplier %s, jitter %s, totalTime %s, outageTime %s]"
        .formatted(maxAttempts, initialDelay, maxDelay, multiplier, jitter, totalTime, outageTime);
  }

  /** Builds settings. Not thread-safe. */
  public static final class Builder {
    private int maxAttempts = 4;
    private Duration initialDelay = Duration.ofMillis(500);
    private Duration maxDelay = Duration.ofSeconds(30);
    private double multiplier = 2;
    private double jitter = 0.25;
    private Duration totalTime = Duration.ofMinutes(5);
    private Duration outageTime = Duration.ZERO;

    private Builder() {}

    /** Sets the most attempts, the first one included; at least 1. */
    public Builder maxAttempts(int value) {
      maxAttempts = value;
      return this;
    }

    /** Sets the delay before the second attempt, and the longest that grows by itself. */
    public Builder delays(Duration initial, Duration max) {
      initialDelay = initial;
      maxDelay = max;
      return this;
    }

    /** Sets the factor by which each delay is longer than the one before, at least 1. */
    public Builder multiplier(double value) {
      multiplier = value;
      return this;
    }

    /** Sets the largest random deviation of a delay, as a share of it, 0 to 1. */
    public Builder jitter(double value) {
      jitter = value;
      return this;
    }

    /** Sets how long after the first attempt began the last one may begin. */
    public Builder totalTime(Duration value) {
      totalTime = value;
      return this;
    }

    /** Sets how long a call waits for a model that is away; zero for not at all. */
    public Builder outageTime(Duration value) {
      outageTime = value;
      return this;
    }

    /**
     * Makes the settings.
     *
     * @throws InvalidInputException if one is null or out of its range
     */
    public RetrySettings build() {
      return new RetrySettings(this);
    }
  }
}
