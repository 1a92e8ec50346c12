package dev.hone.evaluate;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stops an evaluation early when the metric fails on each of the first examples. Looks at the first
 * examples in order, not at the first to finish, so that it decides alike on every number of
 * threads.
 */
final class FirstFailures<I, O> {
  private static final int WATCHED = 8;

  private final AtomicInteger failed = new AtomicInteger();

  void check(ExampleResult<I, O> result, int index) {
    RuntimeException error = metricError(result);
    if (index < WATCHED && error != null && failed.incrementAndGet() == WATCHED) {
      throw EvaluationFailedException.metricFailed(WATCHED, error);
    }
  }

  private @Nullable RuntimeException metricError(ExampleResult<I, O> result) {
    return result.outcome() instanceof Outcome.MetricFailed<O> failure ? failure.error() : null;
  }
}
