package dev.hone.replay;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a call: a reply, or why there is none, and its attempts. Immutable. */
public final class CallOutcome {
  private final @Nullable LmResponse response;
  private final @Nullable LmException error;
  private final List<LmException> failedAttempts;
  private final Duration duration;
  private final BigDecimal paidUsd;
  private final @Nullable String fallbackId;

  private CallOutcome(
      @Nullable LmResponse response,
      @Nullable LmException error,
      List<LmException> failedAttempts,
      Duration duration,
      BigDecimal paidUsd,
      @Nullable String fallbackId) {
    this.response = response;
    this.error = error;
    this.failedAttempts = List.copyOf(failedAttempts);
    this.duration = duration;
    this.paidUsd = paidUsd;
    this.fallbackId = fallbackId;
  }

  /** The outcome of a call that was answered, after attempts that failed. */
  public static CallOutcome answered(
      LmResponse response, List<LmException> failedAttempts, Duration duration) {
    return new CallOutcome(response, null, failedAttempts, duration, BigDecimal.ZERO, null);
  }

  /** The outcome of a call that gave no reply. */
  public static CallOutcome failed(
      LmException error, List<LmException> failedAttempts, Duration duration) {
    return new CallOutcome(null, error, failedAttempts, duration, BigDecimal.ZERO, null);
  }

  /** A copy with what its reply cost; default: nothing. */
  public CallOutcome withPaidUsd(BigDecimal value) {
    return new CallOutcome(response, error, failedAttempts, duration, value, fallbackId);
  }

  /** A copy with the id of the other model that was asked in the end; null if none was. */
  public CallOutcome withFallback(@Nullable String modelId) {
    return new CallOutcome(response, error, failedAttempts, duration, paidUsd, modelId);
  }

  /** The reply; empty if the call gave none. */
  public Optional<LmResponse> response() {
    return Optional.ofNullable(response);
  }

  /** Why there is no reply; empty if there is one. */
  public Optional<LmException> error() {
    return Optional.ofNullable(error);
  }

  /**
   * What the attempts at the provider ended with that gave no reply, in order; of an answered call
   * that no cache answered, one more gave the reply.
   */
  public List<LmException> failedAttempts() {
    return failedAttempts;
  }

  /** How many attempts were paid for, or may have been: all but those that were turned away. */
  public long paidAttempts() {
    long failed =
        failedAttempts.stream().filter(e -> !(e instanceof LmException.RateLimited)).count();
    return failed + (response != null && !response.cached() ? 1 : 0);
  }

  /** The US dollars that the reply cost when it was paid for, as far as that was known. */
  public BigDecimal paidUsd() {
    return paidUsd;
  }

  /** The id of the other model that was asked in the end; empty if none was. */
  public Optional<String> fallbackId() {
    return Optional.ofNullable(fallbackId);
  }

  /** The time that the call took, waiting and retries included. */
  public Duration duration() {
    return duration;
  }

  /** One line: what it ended with, and after how much. */
  @Override
  public String toString() {
    return "CallOutcome[%s, %d failed attempts, %s]"
        .formatted(error == null ? "answered" : error, failedAttempts.size(), duration);
  }
}
