package dev.hone.optimize.run;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.task.EarlyEnd;
import dev.hone.optimize.verdict.GainCheck;
import dev.hone.program.ProgramState;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The verdict by the testset of a task: the program as given and what is returned are evaluated on
 * examples that neither was learnt from nor chosen by, so that nothing is to be corrected. An
 * optimizer calls it once, at its end. Immutable.
 *
 * <p>Where it cannot be made, since the budget is spent, say, the verdict is the one by the other
 * examples, and the notes say so.
 */
public final class TestsetCheck {
  private final Optional<Verdict> verdict;
  private final List<String> notes;

  private TestsetCheck(Optional<Verdict> verdict, List<String> notes) {
    this.verdict = verdict;
    this.notes = List.copyOf(notes);
  }

  /** The most program runs that a task's testset adds to a run; 0 without one. */
  public static long mostRuns(OptimizationTask<?, ?> task) {
    return task.testset().map(testset -> 2L * testset.size()).orElse(0L);
  }

  /**
   * Adds the stage to a plan, if there is a testset.
   *
   * @param context of the program's calls
   * @param mostDemos the most demos of a prompt
   */
  public static OptimizationPlan.Builder plan(
      OptimizationPlan.Builder plan, OptimizationTask<?, ?> task, Context context, int mostDemos) {
    long most = mostRuns(task);
    return most == 0
        ? plan
        : plan.stage(
            PlannedCosts.of(task.student(), task.testset().orElseThrow(), context)
                .runs("confirm", most + " runs on the testset", 0, most, mostDemos));
  }

  /**
   * Makes it, in a stage of its own called {@code confirm}; nothing without a testset.
   *
   * @param run the run that it ends
   * @param task the task
   * @param found what is returned
   * @param failureScore what an example counts whose program failed
   * @param otherwise the verdict by the examples that were chosen by
   */
  public static <I, O> TestsetCheck of(
      OptimizerRun run,
      OptimizationTask<I, O> task,
      ProgramState found,
      double failureScore,
      Optional<Verdict> otherwise) {
    Dataset<I, O> testset = task.testset().orElse(null);
    ProgramState given = task.predictors().initialState();
    if (testset == null || testset.size() == 0) {
      return new TestsetCheck(otherwise, List.of());
    }
    if (found.equals(given)) {
      return new TestsetCheck(
          otherwise,
          List.of("The program as given is returned, so the testset has nothing to confirm."));
    }
    EvaluationEngine<I, O> engine =
        new EvaluationEngine<>(
            task.student(),
            task.metric(),
            EvaluationSettings.defaults().withFailureScore(failureScore));
    try {
      return run.stage("confirm", "compare both programs on the testset")
          .call(
              () ->
                  of(
                      engine.evaluate(given, testset.examples()),
                      engine.evaluate(found, testset.examples()),
                      otherwise));
    } catch (RuntimeException e) {
      return new TestsetCheck(
          otherwise, List.of("The testset could not be evaluated on: " + EarlyEnd.of(e).problem()));
    }
  }

  private static <I, O> TestsetCheck of(
      Evaluation<I, O> given, Evaluation<I, O> found, Optional<Verdict> otherwise) {
    Optional<Verdict> verdict =
        GainCheck.of(scores(given), List.of(scores(found))).returned(0).verdict();
    List<String> notes = new ArrayList<>();
    if (verdict.isPresent()) {
      notes.add(
          "The verdict is by %s of the testset: %s."
              .formatted(Plural.of(given.results().size(), "example"), found.compareWith(given)));
    }
    return new TestsetCheck(verdict.or(() -> otherwise), notes);
  }

  private static double[] scores(Evaluation<?, ?> evaluation) {
    return evaluation.scores().stream().mapToDouble(score -> orNaN(score)).toArray();
  }

  static double orNaN(OptionalDouble score) {
    return score.orElse(Double.NaN);
  }

  /** The verdict of the run; empty where nothing could be compared. */
  public Optional<Verdict> verdict() {
    return verdict;
  }

  /** What a user should know of it, in sentences. */
  public List<String> notes() {
    return notes;
  }
}
