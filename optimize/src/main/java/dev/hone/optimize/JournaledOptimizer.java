package dev.hone.optimize;

import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.optimize.journal.RunFingerprint;
import dev.hone.optimize.journal.RunJournal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * An optimizer whose runs are recorded in a folder, and go on from there.
 *
 * @param <R> the report of a run
 */
final class JournaledOptimizer<R extends OptimizationReport> implements Optimizer<R> {
  /** What a run with more budget, another day or more room on a disk does not change. */
  private static final Set<FinishReason> FINISHED =
      EnumSet.of(
          FinishReason.COMPLETED,
          FinishReason.TRIALS_SPENT,
          FinishReason.SPACE_EXHAUSTED,
          FinishReason.TARGET_REACHED,
          FinishReason.NO_IMPROVEMENT,
          FinishReason.NOT_WORTH_MORE);

  private final Optimizer<R> optimizer;
  private final Path folder;

  JournaledOptimizer(Optimizer<R> optimizer, Path folder) {
    this.optimizer = optimizer;
    this.folder = folder;
  }

  @Override
  public String name() {
    return optimizer.name();
  }

  @Override
  public <I, O> Optimized<I, O, R> compile(OptimizationTask<I, O> task) {
    try (RunJournal journal = RunJournal.open(folder, fingerprint(task))) {
      Optimized<I, O, R> result =
          journal.recording(Context.current()).call(() -> optimizer.compile(task));
      journal.end(FINISHED.contains(result.report().finishReason()), end(result));
      return result;
    }
  }

  private RunFingerprint fingerprint(OptimizationTask<?, ?> task) {
    Context context = Context.current();
    RunFingerprint fingerprint =
        new RunFingerprint(optimizer, optimizer.name(), optimizer.toString(), context)
            .program("program", task.student())
            .metric(task.metric())
            .data("trainset", task.trainset());
    task.valset().ifPresent(valset -> fingerprint.data("valset", valset));
    task.testset().ifPresent(testset -> fingerprint.data("testset", testset));
    return withTeacher(fingerprint, task, context);
  }

  private static <I, O> RunFingerprint withTeacher(
      RunFingerprint fingerprint, OptimizationTask<I, O> task, Context context) {
    Teacher<I, O> teacher = task.teacher();
    if (teacher.isStudent()) {
      return fingerprint;
    }
    fingerprint.program("teacher", teacher.programFor(task.student()));
    teacher.state().ifPresent(fingerprint::teacherState);
    return fingerprint.teacherModel(teacher.modelId(context));
  }

  private static ObjectNode end(Optimized<?, ?, ?> result) {
    ObjectNode end = Json.object();
    end.put("reason", result.report().finishReason().name());
    result.report().baselineScore().ifPresent(score -> end.put("baseline", score.scoreMean()));
    result.report().bestScore().ifPresent(score -> end.put("best", score.scoreMean()));
    ObjectNode chosen = end.putObject("configuration");
    result.report().configuration().forEach(chosen::put);
    return end.put("state", result.compiled().state().fingerprint());
  }

  @Override
  public <I, O> OptimizationPlan plan(OptimizationTask<I, O> task) {
    return optimizer.plan(task);
  }

  @Override
  public String toString() {
    return optimizer.toString();
  }
}
