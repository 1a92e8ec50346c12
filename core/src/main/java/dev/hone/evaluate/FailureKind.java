package dev.hone.evaluate;

import dev.hone.HoneException;
import dev.hone.context.MissingModelException;
import dev.hone.context.Spend;
import dev.hone.evaluate.Evaluation.ErrorGroup;
import dev.hone.lm.LmException;
import dev.hone.program.UnparsableReplyException;
import dev.hone.text.Excerpt;
import dev.hone.text.Redaction;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private static final int MOST_CHARACTERS = 500;

  private FailureKind() {}

  /** What becomes of an example whose program threw this. */
  static <O> Outcome<O> ofProgram(RuntimeException error) {
    Throwable cause = decisive(error);
    if (cause instanceof MissingModelException missing) {
      throw missing;
    }
    requireGoingOn(cause);
    return cause instanceof LmException lm && !isRefused(lm)
        ? new Outcome.LmUnavailable<>(lm)
        : new Outcome.ProgramFailed<>(error);
  }

  /** What becomes of an example whose metric threw this, for what the program returned. */
  static <O> Outcome<O> ofMetric(O output, Throwable error) {
    Throwable cause = decisive(error);
    requireGoingOn(cause);
    if (cause instanceof LmException lm && !isRefused(lm)) {
      return new Outcome.LmUnavailable<>(lm, output);
    }
    return new Outcome.MetricFailed<>(
        output,
        error instanceof RuntimeException own
            ? own
            : new IllegalStateException("The metric threw " + text(error), error));
  }

  /**
   * The first exception of Hone's, or interrupt, among an error and its causes; else the error.
   * What Hone threw has decided of its own causes already.
   */
  static Throwable decisive(Throwable error) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
      if (cause instanceof HoneException || isInterrupt(cause)) {
        return cause;
      }
    }
    return error;
  }

  /**
   * Whether it is a judge that failed: the metric has no reply, or none that can be read, or failed
   * after it had called a model.
   */
  static boolean isJudges(ExampleResult<?, ?> result) {
    boolean inMetric = result.output().isPresent() && result.error().isPresent();
    return inMetric
        && (!result.judgeSpend().equals(Spend.NONE)
            || isOfCall(decisive(result.error().orElseThrow())));
  }

  private static boolean isOfCall(Throwable cause) {
    return cause instanceof LmException
        || cause instanceof UnparsableReplyException
        || cause instanceof MissingModelException;
  }

  /** The examples that failed, by the exception's class, the most frequent first. */
  static <I, O> Map<String, ErrorGroup<I, O>> groups(List<ExampleResult<I, O>> results) {
    Map<String, ErrorGroup<I, O>> groups = new LinkedHashMap<>();
    for (ExampleResult<I, O> result : results) {
      result
          .error()
          .ifPresent(
              error ->
                  groups.merge(
                      error.getClass().getSimpleName(),
                      new ErrorGroup<>(1, result),
                      (old, one) -> new ErrorGroup<>(old.count() + 1, old.first())));
    }
    Map<String, ErrorGroup<I, O>> sorted = new LinkedHashMap<>();
    groups.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().count()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return Collections.unmodifiableMap(sorted);
  }

  private static void requireGoingOn(Throwable cause) {
    if (isInterrupt(cause)) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while an example was evaluated", cause);
    }
    if (cause instanceof LmException.Unauthorized
        || cause instanceof LmException.BudgetExhausted
        || cause instanceof LmException.Interrupted) {
      throw (LmException) cause;
    }
  }

  private static boolean isInterrupt(Throwable error) {
    return error instanceof InterruptedException || error instanceof ClosedByInterruptException;
  }

  private static boolean isRefused(LmException error) {
    return error instanceof LmException.ContextWindowExceeded
        || error instanceof LmException.ContentRefused;
  }

  /**
   * An error in words, without credentials: Hone's by its message, others with their class and at
   * most 500 characters.
   */
  static String words(Throwable error) {
    return error instanceof HoneException
        ? Redaction.of(text(error))
        : Excerpt.beginning(
            Redaction.of(Excerpt.prefix(text(error), 2 * MOST_CHARACTERS)), MOST_CHARACTERS);
  }

  /** An exception of someone's own may fail where it says what it is. */
  private static String text(Throwable error) {
    try {
      return error instanceof HoneException
          ? String.valueOf(error.getMessage())
          : String.valueOf(error);
    } catch (Throwable e) {
      return error.getClass().getName();
    }
  }
}
