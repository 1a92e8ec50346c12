package dev.hone.optimize.bootstrap;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.LmException;
import dev.hone.optimize.candidate.BootstrapFailedException;
import dev.hone.optimize.task.DemoFit;
import dev.hone.optimize.task.DemoLeakage;
import dev.hone.optimize.task.KeptResults;
import dev.hone.program.ProgramState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Runs the teacher over examples at once. It is never shown the example it is run on, and loses
 * demos where a prompt was too long.
 */
final class PoolRuns<I, O> {
  private final EvaluationEngine<I, O> engine;
  private final DemoFit<I, O> fit;
  private final ProgramState state;

  PoolRuns(EvaluationEngine<I, O> engine, ProgramState state) {
    this.engine = engine;
    this.fit = DemoFit.ofAll(engine);
    this.state = state;
  }

  /** What became of one example: a result, or none since the run has to end. */
  private record Run<I, O>(Optional<ExampleResult<I, O>> result, Optional<LmException> end) {}

  /**
   * The results of a block in the order of its examples, all or those there were until an end.
   *
   * @param end what ended the runs before their time
   */
  record Ended<I, O>(List<ExampleResult<I, O>> results, Optional<LmException> end) {
    /**
     * As long as nothing was scored, a block in which the metric always failed, or the model was
     * never reached, is the last: the others would be paid for without result.
     *
     * @param tried how many runs there were before
     */
    void requireSomeUse(int tried) {
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

  /** Runs examples, and those again, with fewer demos, whose prompts were too long. */
  Ended<I, O> of(Context scope, List<Example<I, O>> block) {
    KeptResults<Run<I, O>> kept = scope.call(() -> KeptResults.map(block, this::run));
    List<ExampleResult<I, O>> results = results(kept);
    while (results.size() == block.size() && shortened(scope, results)) {
      kept = again(scope, results);
      results = results(kept);
    }
    List<Run<I, O>> runs = kept.results().stream().flatMap(Optional::stream).toList();
    Optional<LmException> end =
        runs.stream().flatMap(run -> run.end().stream()).findFirst().or(kept::interrupt);
    return new Ended<>(results, end);
  }

  /** The runs that fitted stay as they are: they were paid for. */
  private KeptResults<Run<I, O>> again(Context scope, List<ExampleResult<I, O>> before) {
    List<Example<I, O>> tooLong =
        before.stream()
            .filter(result -> DemoFit.isTooLong(result.outcome()))
            .map(ExampleResult::example)
            .toList();
    KeptResults<Run<I, O>> after = scope.call(() -> KeptResults.map(tooLong, this::run));
    Iterator<Optional<Run<I, O>>> anew = after.results().iterator();
    List<Optional<Run<I, O>>> all = new ArrayList<>();
    for (ExampleResult<I, O> result : before) {
      all.add(
          DemoFit.isTooLong(result.outcome())
              ? anew.next()
              : Optional.of(new Run<>(Optional.of(result), Optional.empty())));
    }
    return new KeptResults<>(all, after.interrupt());
  }

  private List<ExampleResult<I, O>> results(KeptResults<Run<I, O>> kept) {
    return kept.results().stream()
        .flatMap(Optional::stream)
        .flatMap(run -> run.result().stream())
        .toList();
  }

  /** Whether the teacher has fewer demos now, since one of its prompts was too long. */
  private boolean shortened(Context scope, List<ExampleResult<I, O>> results) {
    try {
      return scope.call(() -> fit.shorten("The teacher", state, results));
    } catch (LmException.BudgetExhausted | LmException.Unauthorized | LmException.JournalFailed e) {
      // What was answered is taken first; the next run meets the same end.
      return false;
    }
  }

  /** Which demos of the teacher there was no room for, in sentences. */
  List<String> notes() {
    return fit.notes();
  }

  /** The runs beside one that ends all of them were paid for, so that one does not lose them. */
  private Run<I, O> run(Example<I, O> example) {
    try {
      return new Run<>(
          Optional.of(engine.evaluateOne(without(example), example)), Optional.empty());
    } catch (LmException.BudgetExhausted | LmException.Unauthorized | LmException.JournalFailed e) {
      return new Run<>(Optional.empty(), Optional.of(e));
    }
  }

  /** The teacher's state without the demos that show an example. */
  private ProgramState without(Example<I, O> example) {
    ProgramState shown = fit.of(state);
    ProgramState result = shown;
    for (var predictor : engine.runner().predictors().byName().entrySet()) {
      String name = predictor.getKey();
      result =
          result.with(
              name, shown.of(name).withoutDemos(DemoLeakage.of(predictor.getValue(), example)));
    }
    return result;
  }
}
