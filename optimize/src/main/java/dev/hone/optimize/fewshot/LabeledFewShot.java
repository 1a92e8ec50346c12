package dev.hone.optimize.fewshot;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.json.Json;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.bootstrap.LabeledDemos;
import dev.hone.optimize.run.OptimizedBuilder;
import dev.hone.optimize.run.OptimizerRun;
import dev.hone.optimize.run.TestsetCheck;
import dev.hone.optimize.task.ConflictingLabels;
import dev.hone.optimize.task.UnusedParts;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import java.util.List;
import java.util.Optional;

/**
 * The simplest optimizer: shows each predictor a random sample of the labelled examples that fit
 * it. Immutable and thread-safe.
 *
 * <p>Determinism: the same seed and data give the same demos. Cost: no model calls; the metric of a
 * task is not asked. Source: DSPy's LabeledFewShot. Differs from the reference: examples whose
 * fields do not fit a predictor are not shown to it, and repeated examples are shown once.
 */
public final class LabeledFewShot implements Optimizer<LabeledFewShotReport> {
  static final String NAME = "LabeledFewShot";
  private static final String WHY = NAME + " copies labels only";

  private final int maxLabeledDemos;
  private final long seed;

  private LabeledFewShot(int maxLabeledDemos, long seed) {
    SettingCheck.atLeast("maxLabeledDemos", maxLabeledDemos, 0);
    this.maxLabeledDemos = maxLabeledDemos;
    this.seed = seed;
  }

  /** At most 16 demos, seed 0. */
  public static LabeledFewShot defaults() {
    return new LabeledFewShot(16, 0);
  }

  /** A copy with at most this number of demos per predictor; default 16. */
  public LabeledFewShot maxLabeledDemos(int value) {
    return new LabeledFewShot(value, seed);
  }

  /** A copy with another seed of the sample; default 0, which is a seed. */
  public LabeledFewShot seed(long value) {
    return new LabeledFewShot(maxLabeledDemos, value);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Gives a program labelled demos, for which no metric is needed. */
  public <I, O> Optimized<I, O, LabeledFewShotReport> compile(
      Program<I, O> student, Dataset<I, O> trainset) {
    Metric<I, O> unused = (example, output, context) -> Score.of(0);
    return compile(OptimizationTask.of(student, trainset, unused));
  }

  /**
   * Gives a program labelled demos.
   *
   * @throws InvalidInputException if the trainset is empty or none of its examples has a label, or
   *     the program has no predictors
   */
  @Override
  public <I, O> Optimized<I, O, LabeledFewShotReport> compile(OptimizationTask<I, O> task) {
    List<String> notes = checked(task);
    OptimizerRun run = OptimizerRun.of(NAME);
    return run.call(task.trainset().size(), 0, () -> compile(task, run, notes));
  }

  private <I, O> Optimized<I, O, LabeledFewShotReport> compile(
      OptimizationTask<I, O> task, OptimizerRun run, List<String> notes) {
    ProgramState state =
        LabeledDemos.sampled(task.predictors(), task.trainset(), maxLabeledDemos, seed);
    TestsetCheck confirmed = TestsetCheck.of(run, task, state, 0, Optional.empty());
    LabeledFewShotReport report =
        LabeledFewShotReport.of(
            state,
            maxLabeledDemos > 0,
            run.figures().verdict(confirmed.verdict()).notes(notes).notes(confirmed.notes()));
    return new OptimizedBuilder<>(NAME, task, state, report)
        .settings(Json.object().put("maxLabeledDemos", maxLabeledDemos), seed)
        .build();
  }

  @Override
  public <I, O> OptimizationPlan plan(OptimizationTask<I, O> task) {
    OptimizationPlan.Builder plan = OptimizationPlan.builder(NAME).notes(checked(task));
    return TestsetCheck.plan(plan, task, Context.current(), maxLabeledDemos)
        .trainExamples(task.trainset().size())
        .maxProgramRuns(TestsetCheck.mostRuns(task))
        .maxProposerCalls(0)
        .build();
  }

  /** Its name and all its settings. */
  @Override
  public String toString() {
    return name() + Json.object().put("maxLabeledDemos", maxLabeledDemos).put("seed", seed);
  }

  private static List<String> checked(OptimizationTask<?, ?> task) {
    task.requireExamples();
    task.trainset().requireLabels(NAME);
    task.predictors();
    return UnusedParts.all(
        List.of(
            UnusedParts.valset(task, WHY),
            UnusedParts.teacher(task, WHY),
            ConflictingLabels.note(task.trainset())));
  }
}
