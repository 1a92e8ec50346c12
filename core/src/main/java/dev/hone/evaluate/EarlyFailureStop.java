package dev.hone.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * Stops an evaluation early when the metric fails on every output of the first examples, and most
 * of them have one. Looks at the first examples in order, not at the first to finish, so that it
 * decides the same on any number of threads. Thread-safe.
 */
final class EarlyFailureStop<I, O> {
  private static final int WATCHED = 8;

  private int metricFailed;
  private int programFailed;
  private Outcome.@Nullable MetricFailed<O> latest;

  void check(ExampleResult<I, O> result, int index) {
    if (index < WATCHED) {
      count(result.outcome());
    }
  }

  private synchronized void count(Outcome<O> outcome) {
    if (outcome instanceof Outcome.MetricFailed<O> failure) {
      metricFailed++;
      latest = failure;
    } else if (outcome instanceof Outcome.ProgramFailed<O>) {
      programFailed++;
    }
    if (latest != null && metricFailed + programFailed == WATCHED && metricFailed > WATCHED / 2) {
      throw EvaluationFailedException.metricFailed(metricFailed, WATCHED, latest);
    }
  }
}
