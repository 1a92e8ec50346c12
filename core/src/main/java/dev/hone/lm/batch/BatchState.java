package dev.hone.lm.batch;

import dev.hone.lm.LmException;
import java.util.Optional;

/**
 * Where a batch is at the provider. Immutable.
 *
 * @param phase whether it goes on, or how it ended
 * @param answered how many requests are answered so far
 * @param failed how many have failed so far
 * @param failure why none of it was done, for {@link Phase#FAILED}; else empty
 */
public record BatchState(Phase phase, long answered, long failed, Optional<LmException> failure) {
  /** Whether a batch goes on, or how it ended. */
  public enum Phase {
    /** It is checked, worked on, or being cancelled. */
    RUNNING,
    /** It ended; each request was answered or failed. */
    COMPLETED,
    /** Its time was over; some requests were not answered. */
    EXPIRED,
    /** Somebody cancelled it; some requests were not answered. */
    CANCELLED,
    /** The provider did not take it; nothing was answered or paid for. */
    FAILED
  }

  /** A batch that is worked on, or has ended without being refused. */
  public static BatchState of(Phase phase, long answered, long failed) {
    return new BatchState(phase, answered, failed, Optional.empty());
  }

  /** A batch that the provider did not take. */
  public static BatchState failed(LmException why) {
    return new BatchState(Phase.FAILED, 0, 0, Optional.of(why));
  }
}
