package dev.hone.evaluate;

import dev.hone.context.MissingModelException;
import dev.hone.context.Spend;
import dev.hone.evaluate.Evaluation.ErrorGroup;
import dev.hone.lm.LmException;
import dev.hone.program.UnparsableReplyException;
import dev.hone.row.RowFailure;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * Whether it is a judge that failed: the metric has no reply, or none that can be read, or failed
   * after it had called a model.
   */
  static boolean isJudges(ExampleResult<?, ?> result) {
    boolean inMetric = result.output().isPresent() && result.error().isPresent();
    return inMetric
        && (!result.judgeSpend().equals(Spend.NONE)
            || isOfCall(RowFailure.decisive(result.error().orElseThrow())));
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

  private static boolean isRefused(LmException error) {
    return error instanceof LmException.ContextWindowExceeded
        || error instanceof LmException.ContentRefused;
  }
}
