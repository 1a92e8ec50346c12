package dev.hone.optimize.bootstrap;

import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import dev.hone.random.RandomSource;
import java.util.List;
import java.util.Map;

/**
 * Runs a teacher over the trainset and keeps the traces that the metric passed. Not thread-safe;
 * its runs are concurrent.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class Bootstrapper<I, O> {
  private final Dataset<I, O> trainset;
  private final BootstrapSettings settings;
  private final RandomSource random;
  private final TracePool<I, O> pool;
  private final SpendMeter meter = new SpendMeter();

  /**
   * Makes a bootstrapper for the current context.
   *
   * @throws dev.hone.InvalidInputException if the teacher has other predictors than the student
   */
  public Bootstrapper(
      Program<I, O> student,
      Teacher<I, O> teacher,
      Dataset<I, O> trainset,
      Metric<I, O> metric,
      BootstrapSettings settings,
      long seed) {
    this.trainset = trainset;
    this.settings = settings;
    this.random = new RandomSource(seed);
    Program<I, O> program = teacher.programFor(student);
    this.pool =
        new TracePool<>(
            program,
            metric,
            teacher.context().withListener(meter),
            teacherState(program, teacher, seed),
            settings);
  }

  /** A teacher that has no demos of its own is shown labelled ones. */
  private ProgramState teacherState(Program<I, O> program, Teacher<I, O> teacher, long seed) {
    Predictors predictors = Predictors.of(program);
    ProgramState state = teacher.state() == null ? predictors.initialState() : teacher.state();
    boolean bare = state.byPredictor().values().stream().allMatch(s -> s.demos().isEmpty());
    return bare
        ? LabeledDemos.sampled(predictors, trainset, settings.maxLabeledDemos(), seed)
        : state;
  }

  /** Runs the teacher until so many runs succeeded, in a random order of the trainset. */
  public List<SuccessfulTrace> traces(int wanted) {
    List<Example<I, O>> order =
        RandomSource.shuffled(trainset.examples(), random.of("bootstrap-order"));
    pool.fill(order, wanted);
    return pool.traces();
  }

  /**
   * The same; where the budget ends them, those that succeeded by then, and the report says so.
   *
   * @throws LmException.BudgetExhausted if the budget is spent and none succeeded
   */
  public List<SuccessfulTrace> tracesWithinBudget(int wanted) {
    try {
      return traces(wanted);
    } catch (LmException.BudgetExhausted e) {
      if (pool.traces().isEmpty()) {
        throw e;
      }
      return pool.traces();
    }
  }

  /** Runs the teacher over the trainset in its own order, until so many runs succeeded. */
  public List<SuccessfulTrace> firstTraces(int wanted) {
    pool.fill(trainset.examples(), wanted);
    return pool.traces().subList(0, Math.min(wanted, pool.traces().size()));
  }

  /** How the runs went, and what a set of demos made of them lacks. */
  public BootstrapReport report(Map<String, Integer> demosByPredictor) {
    return new BootstrapReport(
        pool.tried(),
        pool.traces().size(),
        pool.errors(),
        pool.bestRejectedScore(),
        settings.metricThreshold(),
        demosByPredictor,
        meter.total(),
        new BootstrapWarnings(pool, settings).of(demosByPredictor));
  }

  /** The context of the calling thread must hold a model before anything is paid for. */
  public static void requireModel() {
    Context.current().lm();
  }
}
