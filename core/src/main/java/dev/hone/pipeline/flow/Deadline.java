package dev.hone.pipeline.flow;

import dev.hone.lm.LmException;
import java.time.Duration;

/**
 * When a call must be over.
 *
 * @param time the time it goes by
 * @param atNanos by that time; {@link Long#MAX_VALUE} for never
 */
public record Deadline(FlowTime time, long atNanos) {
  /** No call has to be over. */
  public static final Deadline NONE = new Deadline(FlowTime.SYSTEM, Long.MAX_VALUE);

  /** By which such an error is known, in a journal too, which keeps no causes. */
  private static final String NOT_MADE = " was not over by its deadline, ";

  /** A deadline after a time from now on. */
  public static Deadline after(FlowTime time, Duration duration) {
    return new Deadline(time, time.nanoTime() + duration.toNanos());
  }

  /** Whether the call may take any time. */
  public boolean isNever() {
    return atNanos == Long.MAX_VALUE;
  }

  /** The nanoseconds that are left; not above 0 if it has passed. */
  public long leftNanos() {
    return isNever() ? Long.MAX_VALUE : atNanos - time.nanoTime();
  }

  /** Whether a wait fits in. */
  public boolean allows(long nanos) {
    return nanos < leftNanos();
  }

  /** The error of a call whose time is over before an attempt is made. */
  public static LmException.TimedOut passed(String modelId, String doing) {
    return new LmException.TimedOut(
        "The call of " + modelId + NOT_MADE + doing + ". Maybe allow more time.", null);
  }

  /** Whether an error is that of a call whose time was over before an attempt was made. */
  static boolean isOfNoAttempt(LmException error) {
    return String.valueOf(error.getMessage()).contains(NOT_MADE);
  }
}
