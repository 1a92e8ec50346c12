package dev.hone.optimize;

import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Improves programs: finds instructions, demos or both for their predictors. Settings only; generic
 * per call, so that settings can be chained before it and one optimizer serves programs of all
 * types:
 *
 * <pre>{@code
 * var tuned = MiproV2.light().seed(1).compile(program, trainset, metric);
 * }</pre>
 *
 * <p>Runs in the current {@link dev.hone.context.Context}, whose model, budget and listeners hold.
 * All of Hone's are immutable and thread-safe, and give the same result for the same settings, data
 * and replies. Write one of your own with {@link dev.hone.optimize.run}.
 *
 * @param <R> the report of a run
 */
public interface Optimizer<R extends OptimizationReport> {
  /** Its name in reports, events and files; default: that of its class. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Improves a program in the current context.
   *
   * @throws dev.hone.InvalidInputException if the task or the settings cannot be used; thrown
   *     before the first call of a model
   * @throws dev.hone.lm.LmException if the run cannot go on and has nothing to return
   */
  <I, O> Optimized<I, O, R> compile(OptimizationTask<I, O> task);

  /** Improves a program; one that chooses does so by a share of the trainset. */
  default <I, O> Optimized<I, O, R> compile(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return compile(OptimizationTask.of(student, trainset, metric));
  }

  /** Improves a program, choosing by a valset that shares no example with the trainset. */
  default <I, O> Optimized<I, O, R> compile(
      Program<I, O> student, Dataset<I, O> trainset, Dataset<I, O> valset, Metric<I, O> metric) {
    return compile(OptimizationTask.of(student, trainset, metric).withValset(valset));
  }

  /** Improves a program by the runs of a teacher. */
  default <I, O> Optimized<I, O, R> compile(
      Program<I, O> student, Teacher<I, O> teacher, Dataset<I, O> trainset, Metric<I, O> metric) {
    return compile(OptimizationTask.of(student, trainset, metric).withTeacher(teacher));
  }

  /**
   * An optimizer like this one that asks for permission before each run: its plan is given to the
   * predicate before the first call of a model, the proposer's included, and no event is sent. The
   * last of the settings, since what it returns has none.
   *
   * <pre>{@code
   * var tuned = MiproV2.light().confirm(plan -> plan.maxProgramRuns() < 1_000).compile(task);
   * }</pre>
   *
   * @param permission is given what the run would do and cost at most; false refuses it, so that
   *     {@code compile} throws a {@link RunNotConfirmedException}; what it throws goes to the
   *     caller
   */
  default Optimizer<R> confirm(Predicate<? super OptimizationPlan> permission) {
    return new ConfirmedOptimizer<>(this, Objects.requireNonNull(permission, "permission"));
  }

  /**
   * An optimizer like this one whose run is recorded in a folder as it goes, and goes on from there
   * when it is run again: after a crash, a spent budget, an interrupt or a full disk. Replies that
   * are recorded are given again, so that only calls that were under way are paid for twice; spend
   * and budget count them as at the first time. A run that came to its end gives the same again,
   * without any call. One of the last settings, since what it returns has none.
   *
   * <pre>{@code
   * var tuned = MiproV2.light().seed(1).journal(Path.of("runs/label")).compile(task);
   * }</pre>
   *
   * <p>The folder is for one run: the same settings, program, data, metric, models and version of
   * Hone; the budget may be another. It holds the replies of models, readable by the owner only,
   * and no credential. What the metric, tools or the program do beside calling models is done
   * again. Takes 300 bytes of memory a call, and the time of a write. If the journal cannot be
   * written any more, the run ends with the best so far, {@link FinishReason#JOURNAL_FAILED}.
   *
   * <p>{@code compile} then also throws a {@link dev.hone.InvalidInputException} before the first
   * call if the folder is that of another run, with what differs, is being written by a run, or
   * cannot be written. What is damaged in it is set aside in a file beside, and logged.
   *
   * @param folder need not be there yet
   */
  default Optimizer<R> journal(Path folder) {
    return new JournaledOptimizer<>(this, Objects.requireNonNull(folder, "folder"));
  }

  /**
   * What {@link #compile(OptimizationTask)} would do and cost at most. Makes no call. The default
   * knows no bounds.
   *
   * @throws dev.hone.InvalidInputException as {@link #compile(OptimizationTask)}
   */
  default <I, O> OptimizationPlan plan(OptimizationTask<I, O> task) {
    return OptimizationPlan.builder(name()).trainExamples(task.trainset().size()).build();
  }

  /** What {@code compile} with these would do and cost at most. Makes no call. */
  default <I, O> OptimizationPlan plan(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return plan(OptimizationTask.of(student, trainset, metric));
  }
}
