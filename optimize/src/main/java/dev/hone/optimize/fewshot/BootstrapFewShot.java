package dev.hone.optimize.fewshot;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.bootstrap.Bootstrapper;
import dev.hone.optimize.bootstrap.DemoCounts;
import dev.hone.optimize.bootstrap.DemoPicker;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.optimize.bootstrap.TeacherRuns;
import dev.hone.optimize.candidate.BootstrapFailedException;
import dev.hone.optimize.candidate.BootstrapOptions;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.run.OptimizedBuilder;
import dev.hone.optimize.run.OptimizerRun;
import dev.hone.optimize.run.TestsetCheck;
import dev.hone.optimize.task.ConflictingLabels;
import dev.hone.optimize.task.UnusedParts;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.random.RandomSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Gives each predictor demos recorded from successful runs of a teacher, filled up with labelled
 * examples. Instructions stay as they are. Immutable and thread-safe.
 *
 * <p>Determinism: the same seed, data and replies give the same demos, with any number of threads.
 * Cost: at most {@code maxRounds} program runs per training example, in blocks of 8 until {@code
 * maxBootstrappedDemos} runs succeeded. Source: DSPy's BootstrapFewShot. Differs from the
 * reference: the order of the trainset is shuffled by the seed; a threshold of 0 is a threshold;
 * labelled demos come from the whole trainset for every predictor; runs are concurrent.
 */
public final class BootstrapFewShot
    implements Optimizer<BootstrapReport>, BootstrapOptions<BootstrapFewShot> {
  static final String NAME = "BootstrapFewShot";

  private final BootstrapSettings settings;
  private final long seed;

  private BootstrapFewShot(BootstrapSettings settings, long seed) {
    this.settings = settings;
    this.seed = seed;
  }

  /** Default settings, seed 0. */
  public static BootstrapFewShot defaults() {
    return new BootstrapFewShot(BootstrapSettings.defaults(), 0);
  }

  /** How many demos, of what quality. */
  public BootstrapSettings settings() {
    return settings;
  }

  /** A copy with another seed of all choices; default 0, which is a seed. */
  public BootstrapFewShot seed(long value) {
    return new BootstrapFewShot(settings, value);
  }

  @Override
  public BootstrapFewShot bootstrap(UnaryOperator<BootstrapSettings> change) {
    return new BootstrapFewShot(change.apply(settings), seed);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Finds demos.
   *
   * @throws InvalidInputException if the trainset is empty, no model is set, the student has no
   *     predictors, or the teacher has others
   * @throws BootstrapFailedException if no run of the teacher can be scored, or it fails too often
   * @throws dev.hone.optimize.UnreadableRepliesException if none of the first 20 runs of the
   *     teacher gave a reply that could be read
   * @throws dev.hone.lm.LmException if the credential is refused, the budget spent or the thread
   *     interrupted before a run succeeded; later, the demos found by then are kept, and the report
   *     says so
   */
  @Override
  public <I, O> Optimized<I, O, BootstrapReport> compile(OptimizationTask<I, O> task) {
    List<String> notes = checked(task);
    plan(task).requireWithin(Context.current().budget());
    OptimizerRun run = OptimizerRun.of(NAME);
    return run.call(task.trainset().size(), 0, () -> compile(task, run, notes));
  }

  private <I, O> Optimized<I, O, BootstrapReport> compile(
      OptimizationTask<I, O> task, OptimizerRun run, List<String> notes) {
    Context context = Context.current();
    Runs<I, O> runs = run.stage("bootstrap", "run the teacher").call(() -> runs(task));
    ProgramState state = state(task, runs.traces());
    TestsetCheck confirmed = TestsetCheck.of(run, task, state, 0, Optional.empty());
    BootstrapReport report =
        runs.bootstrapper()
            .report(
                new DemoCounts().take(state),
                run.figures().verdict(confirmed.verdict()).notes(confirmed.notes()),
                notes);
    return new OptimizedBuilder<>(NAME, task, state, report)
        .settings(settings.toJson(), seed)
        .model("task", context.lm().id())
        .model("teacher", task.teacher().modelId(context))
        .build();
  }

  /** The successful runs of the teacher, and who made them. */
  private record Runs<I, O>(Bootstrapper<I, O> bootstrapper, List<SuccessfulTrace> traces) {}

  private <I, O> Runs<I, O> runs(OptimizationTask<I, O> task) {
    Bootstrapper<I, O> bootstrapper = new Bootstrapper<>(task, settings, seed);
    return new Runs<>(bootstrapper, bootstrapper.tracesSoFar(settings.maxBootstrappedDemos()));
  }

  @Override
  public <I, O> OptimizationPlan plan(OptimizationTask<I, O> task) {
    List<String> notes = checked(task);
    int wanted = settings.maxBootstrappedDemos();
    OptimizationPlan.Builder plan = OptimizationPlan.builder(NAME);
    if (wanted > 0) {
      TeacherRuns runs = new TeacherRuns(task, settings);
      plan.stage(runs.stage(wanted)).least(runs.least());
    }
    int examples = task.trainset().size();
    int mostDemos = wanted + settings.maxLabeledDemos();
    return TestsetCheck.plan(plan, task, Context.current(), mostDemos)
        .trainExamples(examples)
        .maxProgramRuns(
            TestsetCheck.mostRuns(task)
                + (wanted == 0 ? 0 : (long) examples * settings.maxRounds()))
        .maxProposerCalls(0)
        .temperature(Context.current().options().temperature())
        .notes(notes)
        .build();
  }

  private List<String> checked(OptimizationTask<?, ?> task) {
    task.requireExamples();
    checkTeacher(task);
    Bootstrapper.requireModel();
    boolean runs = settings.maxBootstrappedDemos() > 0;
    return UnusedParts.all(
        List.of(
            UnusedParts.valset(task, NAME + " does not choose"),
            ConflictingLabels.note(task.trainset()),
            settings.labelsNeverAdded().stream().toList(),
            UnusedParts.settings(
                runs ? List.of() : settings.changedOfRuns(), "maxBootstrappedDemos is 0"),
            runs ? List.of() : UnusedParts.teacher(task, "maxBootstrappedDemos is 0")));
  }

  private static <I, O> void checkTeacher(OptimizationTask<I, O> task) {
    task.predictors();
    task.teacher().programFor(task.student());
  }

  private ProgramState state(OptimizationTask<?, ?> task, List<SuccessfulTrace> traces) {
    Predictors predictors = task.predictors();
    List<SuccessfulTrace> used =
        traces.subList(0, Math.min(traces.size(), settings.maxBootstrappedDemos()));
    Map<String, List<Demo>> demos =
        new DemoPicker(predictors, task.trainset(), settings)
            .demos(used, new RandomSource(seed).of("bootstrap-demos"));
    ProgramState state = predictors.initialState();
    for (var entry : demos.entrySet()) {
      state = state.with(entry.getKey(), state.of(entry.getKey()).withDemos(entry.getValue()));
    }
    return state;
  }

  /** Its name and all its settings. */
  @Override
  public String toString() {
    return name() + settings.toJson().put("seed", seed);
  }
}
