package dev.hone.examples;

import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.run.CandidateState;
import dev.hone.optimize.run.OptimizedBuilder;
import dev.hone.optimize.run.OptimizerRun;
import dev.hone.optimize.run.ScoredState;
import dev.hone.optimize.run.StateEvaluator;
import dev.hone.optimize.run.TaskData;
import dev.hone.program.Predict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An optimizer of one's own: the model rewrites instructions, and what scores more is kept. */
public record InstructionSearch(int rounds, int rewrites)
    implements Optimizer<InstructionSearch.Report> {
  record Draft(String instructions, int attempt) {}

  record Rewrite(String rewritten) {}

  private static final Predict<Draft, Rewrite> WRITER =
      Predict.of(Draft.class, Rewrite.class, "Rewrite the instructions so that they are clearer.");

  /** What all reports have, and the best instructions after each step. */
  public static final class Report extends OptimizationReport {
    final List<String> steps;

    Report(List<String> steps, RunFigures figures) {
      super(figures);
      this.steps = steps;
    }
  }

  @Override
  public <I, O> Optimized<I, O, Report> compile(OptimizationTask<I, O> task) {
    OptimizerRun run = OptimizerRun.of(name());
    TaskData<I, O> data = TaskData.of(task, 0.3, 0);
    var evaluator = new StateEvaluator<>(run, task, data.valset(), 0);
    return run.call(data, () -> climb(task, run, evaluator));
  }

  private <I, O> Optimized<I, O, Report> climb(
      OptimizationTask<I, O> task, OptimizerRun run, StateEvaluator<I, O> evaluator) {
    var given = new CandidateState("as given", task.predictors().initialState());
    var baseline = run.stage("baseline", "score it").call(() -> evaluator.evaluate(given));
    ScoredState best = new ScoredState(given, baseline);
    List<String> steps = new ArrayList<>();
    for (int round : IntStream.range(0, rounds).toArray()) {
      for (String predictor : given.state().byPredictor().keySet()) {
        ScoredState from = best;
        var drafts = run.stage("rewrite", predictor).call(() -> rewrites(from, predictor, round));
        best = run.stage("evaluate", predictor).call(() -> evaluator.best(from, drafts));
        steps.add(best.state().of(predictor).instructions());
      }
    }
    var choice = evaluator.choose(best);
    ScoredState chosen = choice.chosen();
    var figures =
        run.figures()
            .baseline(baseline)
            .best(chosen.score())
            .constraints(choice.checks())
            .notes(choice.notes())
            .build();
    return new OptimizedBuilder<>(name(), task, chosen.state(), new Report(steps, figures))
        .setting("rounds", rounds)
        .setting("rewrites", rewrites)
        .scoredOn("validation set")
        .model("task")
        .build();
  }

  private List<CandidateState> rewrites(ScoredState from, String predictor, int round) {
    var old = from.state().of(predictor);
    return IntStream.range(round * rewrites, (round + 1) * rewrites)
        .mapToObj(n -> WRITER.run(new Draft(old.instructions(), n)).rewritten())
        .map(text -> from.state().with(predictor, old.withInstructions(text)))
        .map(state -> new CandidateState("rewrite for " + predictor, state))
        .toList();
  }
}
