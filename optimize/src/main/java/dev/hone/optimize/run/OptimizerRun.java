package dev.hone.optimize.run;

import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.lm.LmException;
import dev.hone.observe.Span;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent.OptimizerFailed;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.OptimizerEvent.StageFinished;
import dev.hone.optimize.OptimizerEvent.StageStarted;
import dev.hone.optimize.RunFigures;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One run of an optimizer: runs it stage by stage, emits the events of the run and of its stages,
 * and adds up what each stage and each model costs. Used once. Stages may run at the same time, not
 * within each other.
 */
public final class OptimizerRun {
  private final String optimizer;
  private final Context context;
  private final Span span;
  private final RunMeter meter = new RunMeter();
  private final long startNanos = System.nanoTime();

  /** A run of the optimizer of this name, in a context. */
  public OptimizerRun(String optimizer, Context context) {
    this.optimizer = optimizer;
    this.context = context;
    this.span = context.span().child();
  }

  /** A run of the optimizer of this name, in the current context. */
  public static OptimizerRun of(String optimizer) {
    return new OptimizerRun(optimizer, Context.current());
  }

  /** The optimizer's name. */
  public String optimizer() {
    return optimizer;
  }

  /**
   * Runs the whole of the optimizer, with an event at its start, and one at its end or failure,
   * whatever is thrown. Where it was interrupted, the thread's interrupt is set when this returns
   * or throws, and not before: listeners may still write what was found.
   *
   * @param trainExamples the number of examples it may learn from
   * @param validationExamples the number of examples of their own that it chooses by
   * @param work finds the program
   */
  public <I, O, R extends OptimizationReport> Optimized<I, O, R> call(
      int trainExamples, int validationExamples, Supplier<Optimized<I, O, R>> work) {
    Context scope = context.within(span);
    scope.emit(new OptimizerStarted(span.stamp(), optimizer, trainExamples, validationExamples));
    boolean interrupted = false;
    try {
      Optimized<I, O, R> result = scope.call(() -> work.get());
      interrupted = result.report().finishReason() == FinishReason.INTERRUPTED;
      interrupted |= Thread.interrupted();
      scope.emit(new OptimizerFinished<>(span.stamp(), optimizer, result.report()));
      return result;
    } catch (Throwable e) {
      interrupted = Thread.interrupted() || e instanceof LmException.Interrupted;
      scope.emit(new OptimizerFailed(span.stamp(), optimizer, e));
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The same, with the examples to learn from and to choose by. */
  public <I, O, R extends OptimizationReport> Optimized<I, O, R> call(
      TaskData<I, O> data, Supplier<Optimized<I, O, R>> work) {
    return call(data.trainset().size(), data.valset().size(), work);
  }

  /**
   * A stage, to be called within {@link #call}.
   *
   * @param name its name, such as {@code evaluate}; one that runs again adds to itself
   * @param aim what it will do, in a phrase
   */
  public Stage stage(String name, String aim) {
    return new Stage(name, aim, context);
  }

  /** The figures for the report: what was spent so far. Scores and notes are to be added. */
  public RunFigures.Builder figures() {
    return meter.figures().duration(Duration.ofNanos(System.nanoTime() - startNanos));
  }

  /**
   * The note on a judge that is the proposer's own model, and so may prefer its own words; none
   * where no judge was called, or several models took part, so that it may be another.
   *
   * @param proposer the id of the model that wrote the instructions
   */
  public List<String> judgeNotes(String proposer) {
    RunFigures figures = meter.figures().build();
    return figures.judgeSpend().lmCalls() > 0
            && figures.spendByModel().keySet().equals(Set.of(proposer))
        ? List.of(
            "The judge in the metric is the model that wrote the instructions (%s): it may prefer its own words. Maybe let another model judge."
                .formatted(proposer))
        : List.of();
  }

  /** A stage that is about to run. Immutable. */
  public final class Stage {
    private final String name;
    private final String aim;
    private final Context where;

    private Stage(String name, String aim, Context where) {
      this.name = name;
      this.aim = aim;
      this.where = where;
    }

    /** A copy that runs in another context, such as that of the model that proposes. */
    public Stage in(Context other) {
      return new Stage(name, aim, other);
    }

    /** Runs it, with an event at its start and at its end, and meters it, also where it fails. */
    public <T> T call(Supplier<T> work) {
      return call(work, result -> "done: " + aim);
    }

    /** The same; says what the stage gave in a phrase of its own. */
    public <T> T call(Supplier<T> work, Function<? super T, String> outcome) {
      Span stage = span.child();
      SpendMeter own = new SpendMeter();
      Context scope = where.within(stage).withListener(meter).withListener(own);
      long start = System.nanoTime();
      String detail = "failed";
      scope.emit(new StageStarted(stage.stamp(), optimizer, name, aim));
      try {
        T result = scope.call(() -> work.get());
        detail = outcome.apply(result);
        return result;
      } catch (Throwable e) {
        detail = "stopped: " + e.getMessage();
        throw e;
      } finally {
        meter.closeStage(name, own.total(), Duration.ofNanos(System.nanoTime() - start));
        scope.emit(new StageFinished(stage.stamp(), optimizer, name, detail));
      }
    }
  }
}
