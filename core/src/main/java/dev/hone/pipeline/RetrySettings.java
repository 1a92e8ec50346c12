package dev.hone.pipeline;

import dev.hone.InvalidInputException;
import dev.hone.lm.LmException;
import java.time.Duration;

/**
 * When and how often a call that failed with an {@link LmException.Retriable} is tried again.
 * Before attempt <i>n</i> + 1 lies a delay of {@code initialDelay * multiplier^(n-1)}, at most
 * {@code maxDelay}, more or less by the jitter. Where the provider asks for a longer or shorter
 * wait, that counts instead, and jitter only adds to it.
 *
 * @param maxAttempts the most attempts, the first one included; at least 1
 * @param initialDelay the delay before the second attempt
 * @param maxDelay the longest delay that grows by itself; a provider may ask for a longer one
 * @param multiplier by how much each delay is longer than the one before, at least 1
 * @param jitter the largest random deviation of a delay, as a share of it, 0 to 1; it decides when
 *     a call is made, never what it brings
 * @param totalTime how long after the first attempt began the last one may begin; a call whose next
 *     delay does not fit in fails at once
 */
public record RetrySettings(
    int maxAttempts,
    Duration initialDelay,
    Duration maxDelay,
    double multiplier,
    double jitter,
    Duration totalTime) {

  private static final Duration LONGEST = Duration.ofDays(365);

  private static final RetrySettings DEFAULTS =
      new RetrySettings(
          4, Duration.ofMillis(500), Duration.ofSeconds(30), 2, 0.25, Duration.ofMinutes(5));

  /** Checks the ranges. */
  public RetrySettings {
    require(maxAttempts >= 1, "maxAttempts (" + maxAttempts + ") is less than 1", "use 4");
    require(!initialDelay.isNegative(), "initialDelay (" + initialDelay + ") is negative", "use 0");
    require(
        maxDelay.compareTo(initialDelay) >= 0,
        "maxDelay (" + maxDelay + ") is shorter than initialDelay (" + initialDelay + ")",
        "raise maxDelay");
    require(multiplier >= 1, "multiplier (" + multiplier + ") is less than 1", "use 2");
    require(
        jitter >= 0 && jitter <= 1, "jitter (" + jitter + ") is not between 0 and 1", "use 0.25");
    require(!totalTime.isNegative(), "totalTime (" + totalTime + ") is negative", "use PT5M");
  }

  private static void require(boolean condition, String problem, String fix) {
    if (!condition) {
      throw InvalidInputException.of(problem, fix);
    }
  }

  /**
   * 4 attempts; delays of 500 ms, 1 s and 2 s, none above 30 s, more or less by up to a quarter; 5
   * minutes in total.
   */
  public static RetrySettings defaults() {
    return DEFAULTS;
  }

  /** One attempt, no retries. */
  public static RetrySettings none() {
    return DEFAULTS.withMaxAttempts(1);
  }

  /** A copy with another number of attempts. */
  public RetrySettings withMaxAttempts(int value) {
    return new RetrySettings(value, initialDelay, maxDelay, multiplier, jitter, totalTime);
  }

  /** A copy with other delays. */
  public RetrySettings withDelays(Duration initial, Duration max) {
    return new RetrySettings(maxAttempts, initial, max, multiplier, jitter, totalTime);
  }

  /** A copy with another multiplier. */
  public RetrySettings withMultiplier(double value) {
    return new RetrySettings(maxAttempts, initialDelay, maxDelay, value, jitter, totalTime);
  }

  /** A copy with another jitter. */
  public RetrySettings withJitter(double value) {
    return new RetrySettings(maxAttempts, initialDelay, maxDelay, multiplier, value, totalTime);
  }

  /** A copy with another limit on the total time. */
  public RetrySettings withTotalTime(Duration value) {
    return new RetrySettings(maxAttempts, initialDelay, maxDelay, multiplier, jitter, value);
  }

  /**
   * The delay before the next attempt.
   *
   * @param attempts the attempts made so far, at least 1
   * @param error what the last one failed with
   * @param chance where in the range of the jitter the delay lies, 0 to 1
   */
  public Duration delay(int attempts, LmException.Retriable error, double chance) {
    Duration asked = error.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(Duration.ZERO) > 0) {
      return scaled(asked, 1 + jitter * chance);
    }
    double growth = Math.pow(multiplier, attempts - 1);
    Duration grown = scaled(initialDelay, growth);
    Duration capped = grown.compareTo(maxDelay) > 0 ? maxDelay : grown;
    return scaled(capped, 1 + jitter * (2 * chance - 1));
  }

  private static Duration scaled(Duration duration, double factor) {
    Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    return Duration.ofNanos((long) Math.min(bounded.toNanos() * factor, LONGEST.toNanos()));
  }
}
