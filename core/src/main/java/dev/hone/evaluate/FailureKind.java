package dev.hone.evaluate;

import dev.hone.lm.LmException;
import dev.hone.row.RowFailure;

/**
 * Decides of which kind a failure is: by where it arose, in the program or in the metric, and by
 * the first exception of Hone's among what was thrown and its causes, however it is wrapped.
 *
 * <p>A refused credential, a spent budget and an interrupt end the run, wherever they arise; so
 * does a program that has no model. A prompt that a model refuses is its author's fault, the
 * program's or the metric's; that a model gave no reply is nobody's. Everything else, Errors
 * included, is that of the code that threw it.
 */
final class FailureKind {
  private FailureKind() {}

  /** What becomes of an example whose program threw this. */
  static <O> Outcome<O> ofProgram(RuntimeException error) {
    Throwable cause = RowFailure.decisive(error);
    RowFailure.requireGoingOnAfterProgram(cause);
    return cause instanceof LmException lm && !isRefused(lm)
        ? new Outcome.LmUnavailable<>(lm)
        : new Outcome.ProgramFailed<>(error);
  }

  /** What becomes of an example whose metric threw this, for what the program returned. */
  static <O> Outcome<O> ofMetric(O output, Throwable error) {
    Throwable cause = RowFailure.decisive(error);
    RowFailure.requireGoingOn(cause);
    if (cause instanceof LmException lm && !isRefused(lm)) {
      return new Outcome.LmUnavailable<>(lm, output);
    }
    return new Outcome.MetricFailed<>(
        output,
        error instanceof RuntimeException own
            ? own
            : new IllegalStateException("The metric threw " + RowFailure.text(error), error));
  }

  private static boolean isRefused(LmException error) {
    return error instanceof LmException.ContextWindowExceeded
        || error instanceof LmException.ContentRefused;
  }
}
