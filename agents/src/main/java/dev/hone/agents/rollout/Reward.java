package dev.hone.agents.rollout;

import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;

/**
 * What an output is worth; higher is better. Code of yours, which may call a model: its calls run
 * under the context's own options, are no steps of the program, and are counted apart from it.
 * Thread-safe, as rollouts run in parallel; for reproducible runs deterministic.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
@FunctionalInterface
public interface Reward<I, O> {
  /**
   * Rewards one output. Throwing an exception, or a value that is not finite, says that it has no
   * reward: it cannot win.
   *
   * @param input what the program was given
   * @param output what it returned
   * @param run how it came to that
   */
  double of(I input, O output, RunTrace run);

  /** The reward that a metric gives without a label, such as a judge's. */
  static <I, O> Reward<I, O> by(Metric<I, O> metric) {
    return (input, output, run) -> metric.score(Example.unlabelled(input), output, run).value();
  }
}
