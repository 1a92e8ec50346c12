package dev.hone.evaluate;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stops an evaluation early when the metric fails on each of the first examples. Looks at the first
 * examples in order, not at the first to finish, so that it decides alike on every number of
 * threads.
 */
final class FirstFailures<I, O> {
  private static final int WATCHED = 8;

  private final AtomicInteger failed = new AtomicInteger();

  void check(ExampleResult<I, O> result, int index) {
    if (index < WATCHED
        && result.outcome() instanceof Outcome.MetricFailed<O> failure
        && failed.incrementAndGet() == WATCHED) {
      throw EvaluationFailedException.metricFailed(WATCHED, failure);
    }
  }
}
