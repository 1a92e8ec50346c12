package dev.hone.optimize.fewshot;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Demo;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.bootstrap.Bootstrapper;
import dev.hone.optimize.bootstrap.DemoPicker;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.optimize.candidate.BootstrapFailedException;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import dev.hone.random.RandomSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each predictor demos recorded from successful runs of a teacher, filled up with labelled
 * examples. Instructions stay as they are. Immutable and thread-safe.
 *
 * <p>Determinism: the same seed, data and replies give the same demos, whatever the number of
 * threads. Cost: at most {@code maxRounds} program runs per training example, in blocks of 8 until
 * {@code maxBootstrappedDemos} runs succeeded. Source: DSPy's BootstrapFewShot. Differs from the
 * reference: the order of the trainset is shuffled by the seed; a threshold of 0 is a threshold;
 * labelled demos come from the whole trainset for every predictor; runs are concurrent.
 *
 * @param settings how many demos, of what quality
 * @param seed the seed of all choices; default 0
 */
public record BootstrapFewShot(BootstrapSettings settings, long seed) {
  static final String NAME = "BootstrapFewShot";

  /** Default settings, seed 0. */
  public static BootstrapFewShot defaults() {
    return new BootstrapFewShot(BootstrapSettings.defaults(), 0);
  }

  /** A copy with another seed. */
  public BootstrapFewShot withSeed(long value) {
    return new BootstrapFewShot(settings, value);
  }

  /** A copy with other settings. */
  public BootstrapFewShot withSettings(BootstrapSettings value) {
    return new BootstrapFewShot(value, seed);
  }

  /** Finds demos with the student as its own teacher; see the other {@code compile}. */
  public <I, O> Optimized<I, O, BootstrapReport> compile(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return compile(student, Teacher.student(), trainset, metric);
  }

  /**
   * Finds demos.
   *
   * @throws InvalidInputException if the trainset is empty, no model is set, the student has no
   *     predictors, or the teacher has others
   * @throws BootstrapFailedException if no run of the teacher can be scored, or it fails too often
   * @throws dev.hone.lm.LmException if the credential is refused, or the budget is spent before a
   *     run succeeded; later, the demos found by then are kept, and the report says so
   */
  public <I, O> Optimized<I, O, BootstrapReport> compile(
      Program<I, O> student, Teacher<I, O> teacher, Dataset<I, O> trainset, Metric<I, O> metric) {
    OptimizationTask.requireArgument(student, "student");
    OptimizationTask.requireArgument(trainset, "trainset");
    OptimizationTask.requireArgument(metric, "metric");
    OptimizationTask.requireArgument(teacher, "teacher");
    OptimizationTask.requireLabels(metric, trainset);
    if (trainset.size() == 0) {
      throw InvalidInputException.of("The trainset is empty", "check the file it comes from");
    }
    OptimizationTask.requirePredictors(student);
    Bootstrapper.requireModel();
    Context context = Context.current();
    context.emit(new OptimizerStarted(NAME, trainset.size(), 0));
    Bootstrapper<I, O> bootstrapper =
        new Bootstrapper<>(student, teacher, trainset, metric, settings, seed);
    List<SuccessfulTrace> traces = bootstrapper.tracesWithinBudget(settings.maxBootstrappedDemos());
    ProgramState state = state(student, trainset, traces);
    BootstrapReport report = bootstrapper.report(counts(state));
    Provenance provenance =
        new Provenance(
            NAME,
            settings.toJson(),
            seed,
            List.of(),
            Map.of("trainset", trainset.fingerprint()),
            Map.of("task", context.lm().id(), "teacher", teacher.context().lm().id()));
    context.emit(new OptimizerFinished(NAME, report));
    return new Optimized<>(Compiled.of(student, state, provenance), report);
  }

  private <I, O> ProgramState state(
      Program<I, O> student, Dataset<I, O> trainset, List<SuccessfulTrace> traces) {
    Predictors predictors = Predictors.of(student);
    List<SuccessfulTrace> used =
        traces.subList(0, Math.min(traces.size(), settings.maxBootstrappedDemos()));
    Map<String, List<Demo>> demos =
        new DemoPicker(predictors, trainset, settings)
            .demos(used, new RandomSource(seed).of("bootstrap-demos"));
    ProgramState state = predictors.initialState();
    for (var entry : demos.entrySet()) {
      state = state.with(entry.getKey(), state.of(entry.getKey()).withDemos(entry.getValue()));
    }
    return state;
  }

  private static Map<String, Integer> counts(ProgramState state) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    state.byPredictor().forEach((name, s) -> counts.put(name, s.demos().size()));
    return counts;
  }
}
