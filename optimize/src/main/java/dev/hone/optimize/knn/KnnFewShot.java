package dev.hone.optimize.knn;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Demo;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.embed.Embedder;
import dev.hone.metric.Metric;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.bootstrap.Bootstrapper;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.run.Stages;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows each call the demos whose inputs are nearest to its own. Collects a demo per training
 * example and predictor once, embeds their inputs, and keeps both with the compiled program, which
 * is saved and loaded like any other; the context of a call has to hold the same embedder.
 * Instructions stay as they are. Immutable and thread-safe.
 *
 * <p>Determinism: the same program, data, settings, replies and embedder give the same demos,
 * whatever the number of threads. Cost: at most {@code maxRounds} runs of the teacher per training
 * example, none without {@code bootstrap}, and an embedding per demo; later, one embedding per call
 * of a predictor, and no model call beside the call itself. Source: Liu et al., What Makes Good
 * In-Context Examples for GPT-3? (2022), and DSPy's KNNFewShot. Differs from the reference: demos
 * are bootstrapped once, when compiling, not at every call; each predictor chooses by its own
 * inputs, not by those of the program; the result is data, so it can be saved; the teacher is never
 * shown the example it is run on.
 *
 * @param settings all settings
 */
public record KnnFewShot(KnnFewShotSettings settings) {
  static final String NAME = "KnnFewShot";

  /** Default settings: 3 demos per call. */
  public static KnnFewShot defaults() {
    return of(KnnFewShotSettings.defaults());
  }

  /** An optimizer with these settings. */
  public static KnnFewShot of(KnnFewShotSettings settings) {
    return new KnnFewShot(settings);
  }

  /** Collects demos with the student as its own teacher; see the other {@code compile}. */
  public <I, O> Optimized<I, O, KnnFewShotReport> compile(
      Program<I, O> student, Dataset<I, O> trainset, Metric<I, O> metric) {
    return compile(student, Teacher.student(), trainset, metric);
  }

  /**
   * Collects demos in the current context.
   *
   * @throws InvalidInputException if the trainset is empty, there is no embedder, or no model where
   *     the teacher is to run, or the teacher has other predictors than the student; thrown before
   *     the first call
   * @throws dev.hone.lm.LmException if the credential is refused, or the budget is spent before a
   *     run succeeded; later, the runs made by then are kept, and the report says so
   */
  public <I, O> Optimized<I, O, KnnFewShotReport> compile(
      Program<I, O> student, Teacher<I, O> teacher, Dataset<I, O> trainset, Metric<I, O> metric) {
    OptimizationTask.requireArgument(student, "student");
    OptimizationTask.requireArgument(trainset, "trainset");
    OptimizationTask.requireArgument(metric, "metric");
    OptimizationTask.requireArgument(teacher, "teacher");
    OptimizationTask.requireLabels(metric, trainset);
    if (trainset.size() == 0) {
      throw InvalidInputException.of("The trainset is empty", "check the file it comes from");
    }
    if (!settings.bootstrap()) {
      trainset.requireLabels(NAME + " without bootstrap");
    }
    OptimizationTask.requirePredictors(student);
    teacher.programFor(student);
    Context context = Context.current();
    Embedder embedder = embedder(context);
    Map<String, String> modelIds = modelIds(context, teacher, embedder);
    Provenance provenance =
        new Provenance(
            NAME,
            settings.toJson(),
            settings.seed(),
            List.of(),
            Map.of("trainset", trainset.fingerprint()),
            modelIds);
    context.emit(new OptimizerStarted(NAME, trainset.size(), 0));
    Stages stages = new Stages(NAME);
    Supplier<Runs> bootstrap = () -> runs(student, teacher, trainset, metric);
    Learnt learnt =
        stages.runAll(context, () -> learn(student, trainset, stages, bootstrap, embedder));
    context.emit(new OptimizerFinished(NAME, learnt.report()));
    return new Optimized<>(Compiled.of(student, learnt.state(), provenance), learnt.report());
  }

  /** What was learnt, and how. */
  private record Learnt(ProgramState state, KnnFewShotReport report) {}

  private <I, O> Learnt learn(
      Program<I, O> student,
      Dataset<I, O> trainset,
      Stages stages,
      Supplier<Runs> bootstrap,
      Embedder embedder) {
    long startNanos = System.nanoTime();
    Context context = Context.current();
    Runs runs =
        settings.bootstrap()
            ? stages.run("bootstrap", "run the teacher", context, bootstrap)
            : new Runs(List.of(), Optional.empty());
    DemoCollection demos =
        DemoCollection.of(Predictors.of(student), trainset, runs.traces(), settings.seed());
    ProgramState state =
        stages.run("embed", "embed the demos", context, () -> demos.state(settings.k(), embedder));
    Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
    return new Learnt(state, report(demos, runs, embedder, duration));
  }

  private static Embedder embedder(Context context) {
    return context
        .embedder()
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "No embedder is set",
                    "add the module hone-local, or Context.builder().embedder(embedder)"));
  }

  private <I, O> Map<String, String> modelIds(
      Context context, Teacher<I, O> teacher, Embedder embedder) {
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put("embedder", embedder.id());
    if (settings.bootstrap()) {
      ids.put("task", context.lm().id());
      ids.put("teacher", teacher.modelId(context));
    }
    return ids;
  }

  /** What the teacher brought. */
  private record Runs(List<SuccessfulTrace> traces, Optional<BootstrapReport> report) {}

  private <I, O> Runs runs(
      Program<I, O> student, Teacher<I, O> teacher, Dataset<I, O> trainset, Metric<I, O> metric) {
    int examples = trainset.size();
    Bootstrapper<I, O> bootstrapper =
        new Bootstrapper<>(
            student, teacher, trainset, metric, settings.forExamples(examples), settings.seed());
    List<SuccessfulTrace> traces = bootstrapper.tracesWithinBudget(examples);
    Map<String, Integer> counts =
        DemoCollection.of(Predictors.of(student), trainset, traces, settings.seed()).count();
    return new Runs(traces, Optional.of(bootstrapper.report(counts)));
  }

  private static KnnFewShotReport report(
      DemoCollection demos, Runs runs, Embedder embedder, Duration duration) {
    return new KnnFewShotReport(
        embedder.id(),
        demos.count(Demo.Origin.LABELED),
        demos.count(Demo.Origin.BOOTSTRAPPED),
        demos.count().values().stream().mapToInt(Integer::intValue).sum(),
        runs.report(),
        duration,
        runs.report().map(BootstrapReport::warnings).orElseGet(() -> withoutDemos(demos)));
  }

  private static List<String> withoutDemos(DemoCollection demos) {
    return demos.count().entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(
            entry ->
                "The predictor %s got no demos: no labelled example fits it. Maybe bootstrap them."
                    .formatted(entry.getKey()))
        .toList();
  }
}
