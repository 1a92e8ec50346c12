package dev.hone.pipeline;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.pipeline.flow.FlowTime;
import dev.hone.pipeline.flow.RateLimit;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast calls go to a provider, and how long they may take: rates per minute, deadlines, and a
 * second attempt where the first one is slow. Immutable.
 *
 * <p>Defaults: no rate, no deadline but the provider's own and {@link RetrySettings#totalTime()},
 * no second attempt. A time above 365 days is taken for 365 days.
 */
public final class TrafficSettings {
  private static final TrafficSettings DEFAULTS = new TrafficSettings(0, 0, null, null, null);

  private final long requestsPerMinute;
  private final long tokensPerMinute;
  private final @Nullable Duration attemptTimeout;
  private final @Nullable Duration deadline;
  private final @Nullable Duration hedgeAfter;

  private TrafficSettings(
      long requestsPerMinute,
      long tokensPerMinute,
      @Nullable Duration attemptTimeout,
      @Nullable Duration deadline,
      @Nullable Duration hedgeAfter) {
    this.requestsPerMinute = requestsPerMinute;
    this.tokensPerMinute = tokensPerMinute;
    this.attemptTimeout = attemptTimeout;
    this.deadline = deadline;
    this.hedgeAfter = hedgeAfter;
  }

  /** The defaults: nothing is held back. */
  public static TrafficSettings defaults() {
    return DEFAULTS;
  }

  /**
   * A copy that lets this many attempts a minute through, retries and second attempts included;
   * those beyond wait in their order.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public TrafficSettings requestsPerMinute(long value) {
    return new TrafficSettings(
        atLeastOne("requestsPerMinute", value, 500),
        tokensPerMinute,
        attemptTimeout,
        deadline,
        hedgeAfter);
  }

  /**
   * A copy that lets this many tokens a minute through, those of prompts and replies together. An
   * attempt is estimated at a quarter of its prompt's characters and its limit on tokens, or what
   * replies had so far; the reply's usage puts that right.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public TrafficSettings tokensPerMinute(long value) {
    return new TrafficSettings(
        requestsPerMinute,
        atLeastOne("tokensPerMinute", value, 200_000),
        attemptTimeout,
        deadline,
        hedgeAfter);
  }

  /**
   * A copy that gives up an attempt after this time, with {@link dev.hone.lm.LmException.TimedOut},
   * which is tried again. The attempt's thread is interrupted; the provider may charge for it all
   * the same.
   *
   * @throws InvalidInputException if it is not above 0
   */
  public TrafficSettings attemptTimeout(Duration value) {
    return new TrafficSettings(
        requestsPerMinute,
        tokensPerMinute,
        positive("attemptTimeout", value),
        deadline,
        hedgeAfter);
  }

  /**
   * A copy under which a call ends at the latest after this time: attempts, retries, those of a
   * {@linkplain LmPipeline.Builder#fallback fallback}, and the waiting between them together. It
   * ends with its last error, or with {@link dev.hone.lm.LmException.TimedOut}. Two waits end with
   * the calls of others only: for another process that pays for an equal call and shares the cache,
   * and for what attempts under way may leave of a budget.
   *
   * @throws InvalidInputException if it is not above 0
   */
  public TrafficSettings deadline(Duration value) {
    return new TrafficSettings(
        requestsPerMinute,
        tokensPerMinute,
        attemptTimeout,
        positive("deadline", value),
        hedgeAfter);
  }

  /**
   * A copy that makes a second, equal attempt where the first has not ended after this time, takes
   * the reply that is there first, and gives up the other attempt. Best a little above the time
   * that 95 of 100 replies take.
   *
   * <p>Cost: twice the money for such a call, never more. Both attempts count in budgets and
   * events: the first as failed as soon as there is a second, with the tokens that were reserved
   * for it whatever becomes of it, and that with what became of both. No second attempt is made
   * where the limit on calls in flight or a rate has no place for it. A budget that allows none
   * ends the call.
   *
   * @throws InvalidInputException if it is not above 0
   */
  public TrafficSettings hedgeAfter(Duration value) {
    return new TrafficSettings(
        requestsPerMinute,
        tokensPerMinute,
        attemptTimeout,
        deadline,
        positive("hedgeAfter", value));
  }

  private static long atLeastOne(String name, long value, long example) {
    if (value < 1) {
      throw InvalidInputException.of(name + " (" + value + ") is less than 1", "use " + example);
    }
    return value;
  }

  private static Duration positive(String name, Duration value) {
    if (SettingCheck.given(name, value).compareTo(Duration.ZERO) <= 0) {
      throw InvalidInputException.of(name + " (" + value + ") is not above 0", "use PT30S");
    }
    return value.compareTo(RetrySettings.LONGEST) > 0 ? RetrySettings.LONGEST : value;
  }

  /** The most attempts a minute; 0 for any number. */
  public long requestsPerMinute() {
    return requestsPerMinute;
  }

  /** The most tokens a minute; 0 for any number. */
  public long tokensPerMinute() {
    return tokensPerMinute;
  }

  /** How long an attempt may take, if that is limited. */
  public Optional<Duration> attemptTimeout() {
    return Optional.ofNullable(attemptTimeout);
  }

  /** How long a call may take in all, if that is limited. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** After what time a second attempt is made, if one is. */
  public Optional<Duration> hedgeAfter() {
    return Optional.ofNullable(hedgeAfter);
  }

  /** A copy with the rates only. */
  TrafficSettings withoutTimes() {
    return new TrafficSettings(requestsPerMinute, tokensPerMinute, null, null, null);
  }

  /** Whether somebody must watch attempts while they run. */
  boolean isWatched() {
    return attemptTimeout != null || deadline != null || hedgeAfter != null;
  }

  @Nullable RateLimit rates(FlowTime time) {
    return requestsPerMinute == 0 && tokensPerMinute == 0
        ? null
        : new RateLimit(time, requestsPerMinute, tokensPerMinute);
  }

  /** One line with all settings. */
  @Override
  public String toString() {
    return "TrafficSettings[%d requests/min, %d tokens/min, attemptTimeout %s, deadline %s, hedgeAfter %s]"
        .formatted(requestsPerMinute, tokensPerMinute, attemptTimeout, deadline, hedgeAfter);
  }
}
