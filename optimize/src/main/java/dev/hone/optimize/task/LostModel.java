package dev.hone.optimize.task;

import dev.hone.context.Context;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.program.ProgramState;
import java.util.List;

/**
 * Tells a model that is gone from candidates that cannot be run. Not thread-safe.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class LostModel<I, O> {
  private final EvaluationEngine<I, O> engine;
  private int probes;

  /** For one run. */
  public LostModel(EvaluationEngine<I, O> engine) {
    this.engine = engine;
  }

  /**
   * When nothing of a batch was answered, asks the program as it was given for one answer more:
   * either these candidates cannot be run, or the model is gone.
   *
   * @throws LmException if it is gone
   */
  public void stopIfGone(List<ExampleResult<I, O>> results, ProgramState baseline) {
    if (results.stream().allMatch(r -> r.outcome() instanceof Outcome.LmUnavailable<O>)) {
      Context anew = Context.current().withDraw(LmOptions.defaults().withRolloutId(--probes));
      ExampleResult<I, O> probe =
          anew.call(() -> engine.evaluateOne(baseline, results.get(0).example()));
      if (probe.outcome() instanceof Outcome.LmUnavailable<O> gone) {
        throw gone.error();
      }
    }
  }
}
