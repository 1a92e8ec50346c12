package dev.hone.cli.optimize;

import dev.hone.cli.frame.ModelOptions.OpenModel;
import dev.hone.cli.frame.StoppedException;
import dev.hone.cli.progress.Progress;
import dev.hone.compiled.Compiled;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LmException;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import dev.hone.project.ProjectData;
import dev.hone.report.RunRecorder;
import dev.hone.text.Plural;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run: measures the program as it is on the test rows, optimizes it by the others, keeps what
 * was found, and measures that on the same test rows. What was found is saved before it is tested.
 *
 * @param project the project
 * @param data its rows
 * @param model the model
 * @param choice the optimizer
 * @param folder where all of it is kept
 * @param budget for all of it
 */
record OptimizeRun(
    ProgramFile project,
    ProjectData data,
    OpenModel model,
    OptimizerChoice choice,
    RunFolder folder,
    Budget budget) {

  /** What it will do and cost at most, testing included. Makes no call. */
  OptimizationPlan plan() {
    OptimizationTask<ObjectNode, ObjectNode> task = task();
    OptimizationTask<ObjectNode, ObjectNode> whole =
        data.test().size() == 0 ? task : task.withTestset(data.test());
    return Context.builder()
        .lm(model.lm())
        .budget(budget)
        .build()
        .call(() -> choice.optimizer().plan(whole));
  }

  private OptimizationTask<ObjectNode, ObjectNode> task() {
    return OptimizationTask.of(project.program(), data.learn(), project.metric());
  }

  /**
   * Does it.
   *
   * @throws StoppedException if it is interrupted before anything was found
   */
  OptimizeResult run(Progress progress, RunRecorder recorder) {
    Observed observed = new Observed(model, progress, recorder);
    Optional<Evaluation<ObjectNode, ObjectNode>> before = before(observed);
    RunBudget parts = new RunBudget(budget);
    Budget optimizing = before.map(tested -> parts.forOptimizing(tested.spend())).orElse(budget);
    progress.stage("optimizing");
    Optimized<ObjectNode, ObjectNode, ? extends OptimizationReport> found =
        interruptible(() -> optimized(choice.optimizer(), observed.context(optimizing)));
    recorder.found(found);
    found.save(folder.program());
    SavedProgram saved = SavedProgram.of(project, found.compiled());
    boolean stopped = found.report().finishReason() == FinishReason.INTERRUPTED;
    Optional<Evaluation<ObjectNode, ObjectNode>> after =
        stopped || before.isEmpty()
            ? Optional.empty()
            : after(found.compiled(), parts.forTesting(found.report().spend()), observed);
    return new OptimizeResult(this, found, before, after, saved);
  }

  /** Who watches the run. */
  private record Observed(OpenModel model, Progress progress, RunRecorder recorder) {
    Context context(Budget budget) {
      return Context.builder()
          .lm(model.lm())
          .budget(budget)
          .listener(progress)
          .listener(recorder)
          .build();
    }
  }

  private <R extends OptimizationReport> Optimized<ObjectNode, ObjectNode, R> optimized(
      Optimizer<R> optimizer, Context context) {
    return context.call(() -> optimizer.journal(folder.journal()).compile(task()));
  }

  private Optional<Evaluation<ObjectNode, ObjectNode>> before(Observed observed) {
    if (data.test().size() == 0) {
      return Optional.empty();
    }
    observed.progress().stage("testing before, " + Plural.of(data.test().size(), "row"));
    Evaluation<ObjectNode, ObjectNode> before =
        interruptible(() -> test(project.program(), observed.context(budget)));
    observed.recorder().before("test", before);
    return Optional.of(before);
  }

  /** Tests what was found; nothing is lost if the budget or Ctrl-C ends that. */
  private Optional<Evaluation<ObjectNode, ObjectNode>> after(
      Compiled<ObjectNode, ObjectNode> found, Budget left, Observed observed) {
    observed.progress().stage("testing after, " + Plural.of(data.test().size(), "row"));
    try {
      Evaluation<ObjectNode, ObjectNode> after = test(found, observed.context(left));
      observed.recorder().after("test", after);
      return Optional.of(after);
    } catch (LmException.BudgetExhausted | LmException.Interrupted e) {
      return Optional.empty();
    }
  }

  private Evaluation<ObjectNode, ObjectNode> test(
      Program<ObjectNode, ObjectNode> program, Context context) {
    Dataset<ObjectNode, ObjectNode> rows = data.test();
    return context.call(
        () -> Evaluator.of(rows, project.metric()).evaluate(program).requireScore());
  }

  /** Work that gives nothing when it is interrupted. */
  private <T> T interruptible(Supplier<T> work) {
    try {
      return work.get();
    } catch (LmException.Interrupted e) {
      throw new StoppedException(
          "stopped; nothing was found yet. Go on with: hone optimize %s --resume"
              .formatted(project.name()));
    }
  }
}
