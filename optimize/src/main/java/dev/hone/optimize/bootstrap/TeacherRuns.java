package dev.hone.optimize.bootstrap;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.PlannedStage;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.run.PlannedCosts;
import dev.hone.text.Plural;

/** What runs of a teacher will cost. Immutable. */
public final class TeacherRuns {
  private static final String STAGE = "bootstrap";

  private final BootstrapSettings settings;
  private final PlannedCosts costs;
  private final long distinct;

  /** The runs over the trainset of a task. */
  public TeacherRuns(OptimizationTask<?, ?> task, BootstrapSettings settings) {
    this(task, task.trainset(), settings);
  }

  /** The runs over a part of the trainset of a task. */
  public TeacherRuns(
      OptimizationTask<?, ?> task, Dataset<?, ?> trainset, BootstrapSettings settings) {
    this.settings = settings;
    this.costs = costs(task, trainset);
    this.distinct = trainset.examples().stream().map(Example::id).distinct().count();
  }

  private static <I, O> PlannedCosts costs(OptimizationTask<I, O> task, Dataset<?, ?> trainset) {
    return PlannedCosts.of(
        task.teacher().programFor(task.student()), trainset, task.teacher().context());
  }

  /** The stage that goes on until a number of runs succeeded. */
  public PlannedStage stage(int wanted) {
    return stage(wanted, true);
  }

  /** The same, of which it is or is not certain that it is reached. */
  public PlannedStage stage(int wanted, boolean certain) {
    String runs =
        "until enough succeeded, at most %s x %s"
            .formatted(
                Plural.of(distinct, "training example"), Plural.of(settings.maxRounds(), "round"));
    return costs.runs(
        STAGE,
        runs,
        certain ? Math.min(distinct, wanted) : 0,
        distinct * settings.maxRounds(),
        settings.maxLabeledDemos());
  }

  /** One run, without which there is nothing to return. */
  public PlannedStage least() {
    return costs.runs(STAGE, "1 run of the teacher", 1, 1, 0);
  }
}
