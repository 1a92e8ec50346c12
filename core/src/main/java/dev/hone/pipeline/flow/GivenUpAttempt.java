package dev.hone.pipeline.flow;

import dev.hone.lm.LmException;

/**
 * An attempt that was given up while the model worked on its reply: for its time, for a second one
 * beside it, for a part of the reply that broke off, by who was told the reply, or by an interrupt.
 * A provider may charge for it, and nobody knows how much. A model that ends by itself with such an
 * error, as one does that asks another in a context whose interceptor forbids it, counts so too.
 */
public final class GivenUpAttempt {
  private GivenUpAttempt() {}

  /** Whether an attempt that ended with an error is one. */
  public static boolean endedWith(LmException error) {
    return error instanceof LmException.TimedOut && !Deadline.isOfNoAttempt(error)
        || error instanceof LmException.StreamBroken
        || error instanceof LmException.Vetoed
        || error instanceof LmException.Interrupted;
  }
}
