package dev.hone.optimize.bootstrap;

import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.optimize.candidate.BootstrapFailedException;
import java.util.List;

/** Whether the first runs of a teacher were of any use. */
final class FirstRuns {
  private FirstRuns() {}

  /**
   * As long as nothing was scored, a block in which the metric always failed, or the model was
   * never reached, is the last: the others would be paid for without result.
   *
   * @param tried how many runs there were before
   */
  static <O> void requireSomeUse(List<? extends ExampleResult<?, O>> results, int tried) {
    Outcome<O> first = results.get(0).outcome();
    int runs = tried + results.size();
    if (first instanceof Outcome.MetricFailed<O> failed
        && results.stream().allMatch(r -> r.outcome() instanceof Outcome.MetricFailed<O>)) {
      throw new BootstrapFailedException(
          "The metric failed on each of the first %d runs of the teacher: %s"
              .formatted(runs, failed.problem()),
          failed.error());
    }
    if (first instanceof Outcome.LmUnavailable<O> unavailable
        && results.stream().allMatch(r -> r.outcome() instanceof Outcome.LmUnavailable<O>)) {
      throw new BootstrapFailedException(
          "The teacher's model could not be reached for any of the first %d runs: %s"
              .formatted(runs, unavailable.error().getMessage()),
          unavailable.error());
    }
  }
}
