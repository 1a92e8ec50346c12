package dev.hone.cli.optimize;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.cli.exchange.SentPrompts;
import dev.hone.cli.frame.StoppedException;
import dev.hone.cli.model.ModelOptions.OpenModel;
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
import dev.hone.price.PriceTable;
import dev.hone.program.Program;
import dev.hone.project.ProgramFile;
import dev.hone.project.ProjectData;
import dev.hone.report.RunRecorder;
import dev.hone.row.RowFailure;
import dev.hone.text.Plural;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
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
    return model
        .context(project)
        .budget(budget)
        .build()
        .call(() -> choice.optimizer(project).plan(whole));
  }

  /**
   * Checks that the budget suffices for the least result, testing included.
   *
   * @throws InvalidInputException if it does not; says what is needed
   */
  void requireBudget(OptimizationPlan plan) {
    long testing = 2L * data.test().size() * project.prompts().size();
    OptionalLong left = budget.callsLeft();
    if (left.isEmpty() || testing == 0) {
      plan.requireWithin(budget);
      return;
    }
    long calls = left.getAsLong();
    long needed = testing + plan.leastCalls();
    if (calls < needed) {
      throw InvalidInputException.of(
          "The budget has %s, and at least %d are needed: %d to find a result on %s, and %d to test before and after on %s"
              .formatted(
                  Plural.of(calls, "call"),
                  needed,
                  plan.leastCalls(),
                  Plural.of(plan.trainExamples() + plan.validationExamples(), "learning row"),
                  testing,
                  Plural.of(data.test().size(), "test row")),
          "use --max-calls %d, which is enough for all of it, or less of the data to test on (split: in %s.hone.yaml)"
              .formatted(Math.max(needed, plan.maxCalls()), project.name()));
    }
    plan.requireWithin(budget.calls(calls - testing));
  }

  private OptimizationTask<ObjectNode, ObjectNode> task() {
    return OptimizationTask.of(project.program(), data.learn(), project.metric())
        .withTeacher(project.teacherOfProgram());
  }

  /**
   * Does it.
   *
   * @throws StoppedException if it is interrupted before anything was found
   */
  OptimizeResult run(Progress progress, RunRecorder recorder) {
    Observed observed = new Observed(this, progress, recorder);
    RunBudget parts = new RunBudget(budget, Clock.systemUTC());
    TestCost cost = new TestCost(PriceTable.shipped(), model.lm().isBatched());
    Optional<Evaluation<ObjectNode, ObjectNode>> before = before(observed, cost);
    cost.took(parts.elapsed());
    Budget optimizing = before.isPresent() ? parts.forOptimizing(cost) : budget;
    progress.stage("optimizing");
    Optimized<ObjectNode, ObjectNode, ? extends OptimizationReport> found =
        interruptible(() -> optimized(choice.optimizer(project), observed.context(optimizing)));
    found.save(folder.program());
    recorder.found(found);
    record(found.compiled(), recorder);
    boolean stopped = found.report().finishReason() == FinishReason.INTERRUPTED;
    TestAfter after =
        stopped || before.isEmpty()
            ? TestAfter.NONE
            : after(found.compiled(), parts.forTesting(optimizing), observed);
    Compiled<ObjectNode, ObjectNode> tested =
        after
            .evaluation()
            .map(evaluation -> found.compiled().tested(data.test(), evaluation))
            .orElse(found.compiled());
    tested.save(folder.program());
    return OptimizeResult.of(this, found, before, after);
  }

  /** The prompts as they are sent, for the report; a row that cannot be shown costs no run. */
  private void record(Compiled<ObjectNode, ObjectNode> found, RunRecorder recorder) {
    try {
      model
          .context(project)
          .build()
          .call(() -> SentPrompts.of(project, found, data.learn().examples().stream().findFirst()))
          .forEach(recorder::sent);
    } catch (RuntimeException e) {
      recorder.with("prompts as sent", "cannot be shown: " + RowFailure.words(e));
    }
  }

  /**
   * The test of what was found.
   *
   * @param evaluation what it gave; empty if there was none, or not to its end
   * @param failure why it failed, in a sentence; empty if it did not, or a budget or Ctrl-C ended
   *     it
   */
  record TestAfter(
      Optional<Evaluation<ObjectNode, ObjectNode>> evaluation, Optional<String> failure) {
    static final TestAfter NONE = new TestAfter(Optional.empty(), Optional.empty());
  }

  /** Who watches the run. */
  private record Observed(OptimizeRun run, Progress progress, RunRecorder recorder) {
    Context context(Budget budget) {
      return run.model
          .context(run.project)
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

  private Optional<Evaluation<ObjectNode, ObjectNode>> before(Observed observed, TestCost cost) {
    if (data.test().size() == 0) {
      return Optional.empty();
    }
    observed.progress().stage("testing before");
    Context context = observed.context(budget).toBuilder().listener(cost).build();
    Evaluation<ObjectNode, ObjectNode> before =
        interruptible(() -> test(project.program(), context));
    observed.recorder().before("test", before);
    return Optional.of(before);
  }

  /** Tests what was found, which is saved: nothing is lost if that fails. */
  private TestAfter after(Compiled<ObjectNode, ObjectNode> found, Budget left, Observed observed) {
    observed.progress().stage("testing after");
    try {
      Evaluation<ObjectNode, ObjectNode> after = test(found, observed.context(left));
      observed.recorder().after("test", after);
      return new TestAfter(Optional.of(after), Optional.empty());
    } catch (LmException.BudgetExhausted | LmException.Interrupted e) {
      return TestAfter.NONE;
    } catch (HoneException e) {
      String why = RowFailure.words(e);
      observed.recorder().with("testing after", "failed: " + why);
      return new TestAfter(Optional.empty(), Optional.of(why));
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
          "stopped; nothing was found yet. Go on with: " + folder.resuming(project));
    }
  }
}
