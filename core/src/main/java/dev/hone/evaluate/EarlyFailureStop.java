package dev.hone.evaluate;

import dev.hone.context.Context;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stops an evaluation that cannot work, before the rest of it is paid for: when the metric fails on
 * every output of the first 8 examples, and most of them have one; when none of the first 20
 * examples has an output; when more examples failed than the settings allow. Looks at the first
 * examples in order, not at the first to finish, so that it decides the same on any number of
 * threads. Until one has an output, no more are under way than calls may be in flight; when 20 have
 * ended without any, no more are begun until that is decided. Thread-safe.
 */
final class EarlyFailureStop<I, O> {
  private static final int METRIC_WATCHED = 8;
  private static final int OUTPUT_WATCHED = 20;

  private final boolean watchesFirst;
  private final int mostErrors;
  private final int callsInFlight = Context.current().workers().calls();
  private final TreeMap<Integer, ExampleResult<I, O>> first = new TreeMap<>();
  private int done;
  private boolean anyOutput;
  private @Nullable Throwable end;
  private int metricFailed;
  private int programFailed;
  private int errors;
  private Outcome.@Nullable MetricFailed<O> latest;
  private @Nullable Integer firstError;
  private @Nullable Outcome<O> firstFailure;

  private EarlyFailureStop(boolean watchesFirst, int mostErrors) {
    this.watchesFirst = watchesFirst;
    this.mostErrors = mostErrors;
  }

  /** For an evaluation of its own. */
  static <I, O> EarlyFailureStop<I, O> ofWhole(EvaluationSettings settings, int examples) {
    return new EarlyFailureStop<>(true, settings.mostErrors(examples));
  }

  /** For a part of a larger run: only more errors than allowed end it. */
  static <I, O> EarlyFailureStop<I, O> ofPart(EvaluationSettings settings, int examples) {
    return new EarlyFailureStop<>(false, settings.mostErrors(examples));
  }

  /** For what is to be known as it is. */
  static <I, O> EarlyFailureStop<I, O> ofNone() {
    return new EarlyFailureStop<>(false, Integer.MAX_VALUE);
  }

  /**
   * Returns when an example may be begun.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  synchronized void awaitTurn(int index) throws InterruptedException {
    while (watchesFirst && !anyOutput && end == null && !hasRoom(index)) {
      wait();
    }
    if (end != null) {
      throw EarlyFailureStop.<RuntimeException>unchecked(end);
    }
  }

  private boolean hasRoom(int index) {
    boolean decided = done < OUTPUT_WATCHED || index < OUTPUT_WATCHED;
    return decided && index - done < callsInFlight;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable error) throws E {
    throw (E) error;
  }

  /** The evaluation ends with this: those who wait for their turn end so, too. */
  synchronized void end(Throwable error) {
    end = error;
    notifyAll();
  }

  /** Takes the result of an example. */
  synchronized void check(ExampleResult<I, O> result, int index) {
    done++;
    if (!anyOutput) {
      anyOutput = result.output().isPresent();
      notifyAll();
    }
    if (watchesFirst && index < METRIC_WATCHED) {
      checkMetric(result.outcome());
    }
    if (watchesFirst && index < OUTPUT_WATCHED) {
      checkOutput(result, index);
    }
    checkErrors(result.outcome(), index);
  }

  private void checkMetric(Outcome<O> outcome) {
    if (outcome instanceof Outcome.MetricFailed<O> failure) {
      metricFailed++;
      latest = failure;
    } else if (outcome instanceof Outcome.ProgramFailed<O>) {
      programFailed++;
    }
    if (latest != null
        && metricFailed + programFailed == METRIC_WATCHED
        && metricFailed > METRIC_WATCHED / 2) {
      throw EvaluationFailedException.metricFailed(metricFailed, METRIC_WATCHED, latest);
    }
  }

  private void checkOutput(ExampleResult<I, O> result, int index) {
    if (result.output().isEmpty()) {
      first.put(index, result);
    }
    if (first.size() == OUTPUT_WATCHED) {
      throw EvaluationFailedException.noOutput(new ArrayList<>(first.values()));
    }
  }

  private void checkErrors(Outcome<O> outcome, int index) {
    if (outcome instanceof Outcome.Scored<O>) {
      return;
    }
    errors++;
    if (firstError == null || index < firstError) {
      firstError = index;
      firstFailure = outcome;
    }
    if (errors > mostErrors && firstFailure != null) {
      throw EvaluationFailedException.tooManyErrors(errors, mostErrors, firstFailure);
    }
  }
}
