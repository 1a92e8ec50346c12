package dev.hone.optimize.bootstrap;

import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.LmException;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.task.EarlyEnd;
import dev.hone.optimize.task.ReadableReplies;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import java.time.Duration;
import java.util.List;

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
  private final boolean student;
  private final SpendMeter meter = new SpendMeter();

  /**
   * Makes a bootstrapper for the current context, on the trainset of a task.
   *
   * @throws dev.hone.InvalidInputException if the teacher has other predictors than the student
   */
  public Bootstrapper(OptimizationTask<I, O> task, BootstrapSettings settings, long seed) {
    this(task, settings, seed, new ReadableReplies());
  }

  /**
   * The same, as a stage of a run that goes on with the student.
   *
   * @param ofStudent what is known of the student's replies; a teacher of another program or model
   *     has its own
   */
  public Bootstrapper(
      OptimizationTask<I, O> task,
      BootstrapSettings settings,
      long seed,
      ReadableReplies ofStudent) {
    this.trainset = task.trainset();
    this.settings = settings;
    this.random = new RandomSource(seed);
    Teacher<I, O> teacher = task.teacher();
    this.student = teacher.isStudent();
    Program<I, O> program = teacher.programFor(task.student());
    this.pool =
        new TracePool<>(
            program,
            task.metric(),
            teacher.context().withListener(meter),
            teacherState(program, teacher, seed),
            settings,
            teacher.isStudent() ? ofStudent : new ReadableReplies());
  }

  /** A teacher that has no demos of its own is shown labelled ones. */
  private ProgramState teacherState(Program<I, O> program, Teacher<I, O> teacher, long seed) {
    Predictors predictors = Predictors.of(program);
    ProgramState state = teacher.state().orElseGet(predictors::initialState);
    boolean bare = state.byPredictor().values().stream().allMatch(s -> s.demos().isEmpty());
    return bare
        ? LabeledDemos.sampled(predictors, trainset, settings.maxLabeledDemos(), seed)
        : state;
  }

  /** Runs the teacher until a number of runs succeeded, in a random order of the trainset. */
  public List<SuccessfulTrace> traces(int wanted) {
    List<Example<I, O>> order =
        RandomSource.shuffled(trainset.examples(), random.of("bootstrap-order"));
    pool.fill(order, wanted);
    return pool.traces();
  }

  /**
   * The same; where something ends them before their time, such as the budget or an interrupt,
   * those that succeeded by then, and the report says so.
   *
   * @throws LmException if they were ended and none succeeded
   */
  public List<SuccessfulTrace> tracesSoFar(int wanted) {
    try {
      return traces(wanted);
    } catch (LmException e) {
      if (pool.traces().isEmpty()) {
        throw e;
      }
      return pool.traces();
    }
  }

  /** Runs the teacher over the trainset in its own order, until a number of runs succeeded. */
  public List<SuccessfulTrace> firstTraces(int wanted) {
    pool.fill(trainset.examples(), wanted);
    return pool.traces().subList(0, Math.min(wanted, pool.traces().size()));
  }

  /**
   * What the runs so far got wrong, at no further cost; nothing where the teacher is another
   * program, or the student on another model: its errors are not those of the student.
   */
  public ErrorContrast errors() {
    return student ? pool.contrast() : ErrorContrast.none();
  }

  /** How the runs went, as a stage of another run, and what demos made of them lack. */
  public BootstrapReport report(DemoCounts demos) {
    return report(demos, List.of());
  }

  /** The same, with notes on the demos. */
  public BootstrapReport report(DemoCounts demos, List<String> notes) {
    return report(
        demos, RunFigures.builder().stage("bootstrap", meter.total(), Duration.ZERO), notes);
  }

  /** The same as a run of its own, with the figures and the notes of that run. */
  public BootstrapReport report(DemoCounts demos, RunFigures.Builder figures, List<String> notes) {
    pool.end().ifPresent(end -> figures.finishReason(EarlyEnd.of(end).reason()));
    return BootstrapReport.builder()
        .settings(settings)
        .runs(pool.tried(), pool.traces().size(), pool.errors())
        .threshold(settings.metricThreshold(), pool.bestRejectedScore())
        .demosByPredictor(demos.all())
        .origins(demos.of(Demo.Origin.LABELED), demos.of(Demo.Origin.BOOTSTRAPPED))
        .build(
            figures
                .notes(notes)
                .notes(pool.notes())
                .notes(new BootstrapWarnings(pool, settings).of(demos.all()))
                .build());
  }

  /** The context of the calling thread must hold a model before anything is paid for. */
  public static void requireModel() {
    Context.current().lm();
  }
}
