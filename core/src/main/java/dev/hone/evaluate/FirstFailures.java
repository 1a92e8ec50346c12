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

  private final int watched;
  private final AtomicInteger failed = new AtomicInteger();

  FirstFailures(int examples) {
    this.watched = Math.min(WATCHED, examples);
  }

  void check(int index, ExampleResult<I, O> result) {
    RuntimeException error = metricError(result);
    if (index < watched && error != null && failed.incrementAndGet() == watched) {
      throw exception(watched, error);
    }
  }

  private @Nullable RuntimeException metricError(ExampleResult<I, O> result) {
    return result.outcome() instanceof Outcome.MetricFailed<O> failure ? failure.error() : null;
  }

  static EvaluationFailedException exception(int examples, RuntimeException error) {
    return new EvaluationFailedException(
        "The metric failed on each of the first %d examples: %s. Maybe it expects another type, or "
                .formatted(examples, error)
            + "a value that is missing.",
        error);
  }
}
