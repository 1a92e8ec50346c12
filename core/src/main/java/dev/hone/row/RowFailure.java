package dev.hone.row;

import dev.hone.HoneException;
import dev.hone.context.MissingModelException;
import dev.hone.lm.LmException;
import dev.hone.text.Excerpt;
import dev.hone.text.Redaction;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What a failure means for a run over many rows: decided by the first exception of Hone's among
 * what was thrown and its causes, however it is wrapped. A refused credential, a spent budget, a
 * journal that cannot be written and an interrupt end the run; so does a program that has no model.
 * All else costs its row only.
 */
public final class RowFailure {
  private static final int MOST_CHARACTERS = 500;

  private RowFailure() {}

  /**
   * The first exception of Hone's, or interrupt, among an error and its causes; else the error.
   * What Hone threw has decided of its own causes already.
   */
  public static Throwable decisive(Throwable error) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
      if (cause instanceof HoneException || isInterrupt(cause)) {
        return cause;
      }
    }
    return error;
  }

  /** Passes where the run goes on after what a program threw; else throws it. */
  public static void requireGoingOnAfterProgram(Throwable decisive) {
    if (decisive instanceof MissingModelException missing) {
      throw missing;
    }
    requireGoingOn(decisive);
  }

  /** Passes where the run goes on after what a metric threw; else throws it. */
  public static void requireGoingOn(Throwable decisive) {
    if (isInterrupt(decisive)) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while an example was evaluated", decisive);
    }
    if (decisive instanceof LmException.Unauthorized
        || decisive instanceof LmException.BudgetExhausted
        || decisive instanceof LmException.JournalFailed
        || decisive instanceof LmException.Interrupted) {
      throw (LmException) decisive;
    }
  }

  private static boolean isInterrupt(Throwable error) {
    return error instanceof InterruptedException || error instanceof ClosedByInterruptException;
  }

  /**
   * An error in words, without credentials: Hone's by its message, others with their class and at
   * most 500 characters.
   */
  public static String words(Throwable error) {
    return error instanceof HoneException
        ? Redaction.of(text(error))
        : Excerpt.beginning(
            Redaction.of(Excerpt.prefix(text(error), 2 * MOST_CHARACTERS)), MOST_CHARACTERS);
  }

  /**
   * The class of an error as people know it, such as {@code UnparsableReplyException}: of the first
   * exception of Hone's among it and its causes.
   */
  public static String className(Throwable error) {
    Class<?> type = decisive(error).getClass();
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }

  /** An exception of someone's own may fail where it says what it is. */
  public static String text(Throwable error) {
    try {
      return error instanceof HoneException
          ? String.valueOf(error.getMessage())
          : String.valueOf(error);
    } catch (Throwable e) {
      return error.getClass().getName();
    }
  }
}
