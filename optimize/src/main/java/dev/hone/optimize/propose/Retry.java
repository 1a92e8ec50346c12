package dev.hone.optimize.propose;

import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;

/**
 * When a step of the proposer that failed is tried again: a fault such as a refusal by a filter or
 * a bug of the client is often gone at the next try, with other contents above all.
 */
final class Retry {
  /** How often a step is tried again. */
  static final int MOST = 2;

  /** How many tries are behind a step that is tried again after the other steps. */
  static final int LATER = MOST + 1;

  private Retry() {}

  /** Whether an error ends the whole run rather than one step. */
  static boolean endsRun(Throwable error) {
    return error instanceof LmException.BudgetExhausted
        || error instanceof LmException.Unauthorized
        || error instanceof LmException.JournalFailed
        || error instanceof LmException.Interrupted;
  }

  /** Whether a step is given up that failed a number of times, the last time with an error. */
  static boolean givesUp(Throwable error, int failures) {
    return endsRun(error) || failures > MOST;
  }

  /**
   * Whether the reason of a failure may be gone later in the run, where trying at once did not
   * help.
   */
  static boolean mayPass(Throwable error) {
    return error instanceof LmException.Retriable;
  }

  /** The current context, with another draw after failures. */
  static Context after(int failures) {
    Context current = Context.current();
    return failures == 0 ? current : current.withDraw(LmOptions.defaults().withRolloutId(failures));
  }
}
