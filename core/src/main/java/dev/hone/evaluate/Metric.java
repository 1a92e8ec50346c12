package dev.hone.evaluate;

import dev.hone.data.Example;

/**
 * Scores one output against its example. Thread-safe and, for reproducible runs, deterministic.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the outputs
 */
@FunctionalInterface
public interface Metric<I, O> {
  /** Scores one output. Throwing an exception says that it could not be scored. */
  Score score(Example<I, O> example, O actual, MetricContext context);
}
