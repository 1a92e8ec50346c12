package dev.hone.optimize.task;

import dev.hone.HoneException;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.lm.LmException;
import dev.hone.optimize.FinishReason;

/**
 * What ended a run before its time, when it had found something that is returned all the same.
 *
 * @param reason why the run ended, for its report
 * @param error what was thrown
 */
public record EarlyEnd(FinishReason reason, Throwable error) {
  /**
   * The end that an error makes of a run which has something to return.
   *
   * @throws HoneException the error itself where it says that going on is pointless: nothing that
   *     was found makes that good
   */
  public static EarlyEnd of(Throwable error) {
    if (error instanceof HoneException pointless && !(error instanceof LmException)) {
      throw pointless;
    }
    return new EarlyEnd(reason(error), error);
  }

  /** The end of a run in which more examples failed than it allows. */
  public static EarlyEnd ofErrors(EvaluationFailedException error) {
    return new EarlyEnd(FinishReason.TOO_MANY_ERRORS, error);
  }

  private static FinishReason reason(Throwable error) {
    if (error instanceof LmException.Interrupted || error instanceof InterruptedException) {
      return FinishReason.INTERRUPTED;
    }
    if (error instanceof LmException.BudgetExhausted) {
      return FinishReason.BUDGET_SPENT;
    }
    if (error instanceof LmException.JournalFailed) {
      return FinishReason.JOURNAL_FAILED;
    }
    return error instanceof LmException ? FinishReason.MODEL_UNAVAILABLE : FinishReason.FAILED;
  }

  /** Whether something went wrong: neither the budget nor the user ended the run. */
  public boolean degrades() {
    return reason == FinishReason.MODEL_UNAVAILABLE
        || reason == FinishReason.TOO_MANY_ERRORS
        || reason == FinishReason.JOURNAL_FAILED
        || reason == FinishReason.FAILED;
  }

  /** What was thrown, in a sentence. */
  public String problem() {
    return error instanceof HoneException ? String.valueOf(error.getMessage()) : error.toString();
  }

  /** Throws what ended a run, whatever it is. */
  public static void rethrow(Throwable error) {
    throw EarlyEnd.<RuntimeException>unchecked(error);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable error) throws E {
    throw (E) error;
  }
}
