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

  private static final NoAttempt NO_ATTEMPT = new NoAttempt();

  /** The cause of an error that ended a call before an attempt was made. */
  private static final class NoAttempt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAttempt() {
      super("No attempt was made", null, false, false);
    }
  }

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
        "The call of %s was not over by its deadline, %s. Maybe allow more time."
            .formatted(modelId, doing),
        NO_ATTEMPT);
  }

  /** Whether an error is that of a call whose time was over before an attempt was made. */
  static boolean isOfNoAttempt(LmException error) {
    return error.getCause() == NO_ATTEMPT;
  }
}
