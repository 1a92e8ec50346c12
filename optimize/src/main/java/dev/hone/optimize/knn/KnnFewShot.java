package dev.hone.optimize.knn;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.embed.Embedder;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.bootstrap.Bootstrapper;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.optimize.bootstrap.TeacherRuns;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.run.OptimizedBuilder;
import dev.hone.optimize.run.OptimizerRun;
import dev.hone.optimize.task.ConflictingLabels;
import dev.hone.optimize.task.UnusedParts;
import dev.hone.program.ProgramState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows each call the demos whose inputs are nearest to its own. Collects a demo per training
 * example and predictor once, embeds their inputs, and keeps both with the compiled program, which
 * is saved and loaded like any other; the context of a call has to hold the same embedder.
 * Instructions stay as they are. Immutable and thread-safe.
 *
 * <p>Determinism: the same program, data, settings, replies and embedder give the same demos, with
 * any number of threads. Cost: at most {@code maxRounds} runs of the teacher per training example,
 * none without {@code bootstrap}, and an embedding per demo; later, one embedding per call of a
 * predictor, and no model call beside the call itself. Source: Liu et al., What Makes Good
 * In-Context Examples for GPT-3? (2022), and DSPy's KNNFewShot. Differs from the reference: demos
 * are bootstrapped once, when compiling, not at every call; each predictor chooses by its own
 * inputs, not by those of the program; the result is data, so it can be saved; the teacher is never
 * shown the example it is run on.
 */
public final class KnnFewShot implements Optimizer<KnnFewShotReport> {
  static final String NAME = "KnnFewShot";

  private final KnnFewShotSettings settings;

  private KnnFewShot(KnnFewShotSettings settings) {
    this.settings = settings;
  }

  /** Default settings: 3 demos per call, bootstrapped at threshold 1 in one round, seed 0. */
  public static KnnFewShot defaults() {
    return new KnnFewShot(new KnnFewShotSettings(3, true, BootstrapSettings.defaults(), 0));
  }

  /** All settings. */
  public KnnFewShotSettings settings() {
    return settings;
  }

  /** A copy that shows at most this number of demos per call of a predictor; default 3. */
  public KnnFewShot k(int value) {
    return new KnnFewShot(
        new KnnFewShotSettings(value, settings.bootstrap(), settings.runs(), settings.seed()));
  }

  /**
   * A copy that records demos from runs of the teacher where these succeed, the default, or copies
   * all from labels, which fit only predictors whose fields the examples have.
   */
  public KnnFewShot bootstrap(boolean value) {
    return new KnnFewShot(
        new KnnFewShotSettings(settings.k(), value, settings.runs(), settings.seed()));
  }

  /** A copy with another least score of a successful run; default 1, and 0 is a threshold too. */
  public KnnFewShot metricThreshold(double value) {
    return runs(settings.runs().withMetricThreshold(value));
  }

  /**
   * A copy whose teacher tries an example that it failed this number of times, from the second time
   * on at temperature 1; default 1.
   */
  public KnnFewShot maxRounds(int value) {
    return runs(settings.runs().withMaxRounds(value));
  }

  /** A copy that stops when the teacher threw on more examples than this; default: no limit. */
  public KnnFewShot maxErrors(int value) {
    return runs(settings.runs().withMaxErrors(value));
  }

  private KnnFewShot runs(BootstrapSettings runs) {
    return new KnnFewShot(
        new KnnFewShotSettings(settings.k(), settings.bootstrap(), runs, settings.seed()));
  }

  /** A copy with another seed of all choices; default 0, which is a seed. */
  public KnnFewShot seed(long value) {
    return new KnnFewShot(
        new KnnFewShotSettings(settings.k(), settings.bootstrap(), settings.runs(), value));
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Collects demos in the current context.
   *
   * @throws InvalidInputException if the trainset is empty, there is no embedder, or no model where
   *     the teacher is to run, or the teacher has other predictors than the student; thrown before
   *     the first call
   * @throws dev.hone.lm.LmException if the credential is refused, the budget spent or the thread
   *     interrupted before a run succeeded; later, the runs made by then are kept, and the report
   *     says so; or if the thread is interrupted while demos are embedded
   */
  @Override
  public <I, O> Optimized<I, O, KnnFewShotReport> compile(OptimizationTask<I, O> task) {
    List<String> notes = checked(task);
    Map<String, String> modelIds = modelIds(Context.current(), task.teacher());
    plan(task).requireWithin(Context.current().budget());
    OptimizerRun run = OptimizerRun.of(NAME);
    return run.call(task.trainset().size(), 0, () -> compile(task, run, notes, modelIds));
  }

  private <I, O> Optimized<I, O, KnnFewShotReport> compile(
      OptimizationTask<I, O> task,
      OptimizerRun run,
      List<String> notes,
      Map<String, String> modelIds) {
    Embedder embedder = embedder(Context.current());
    Runs runs =
        settings.bootstrap()
            ? run.stage("bootstrap", "run the teacher").call(() -> runs(task))
            : new Runs(List.of(), Optional.empty());
    DemoCollection demos = demos(task, runs.traces());
    if (runs.report().filter(r -> r.finishReason() == FinishReason.INTERRUPTED).isPresent()) {
      // What was paid for is embedded all the same; a further interrupt ends that, too.
      Thread.interrupted();
    }
    ProgramState state =
        run.stage("embed", "embed the demos").call(() -> demos.state(settings.k(), embedder));
    KnnFewShotReport report =
        new KnnFewShotReport(embedder.id(), demos, runs.report(), figures(run, notes, runs, demos));
    OptimizedBuilder<I, O, KnnFewShotReport> optimized =
        new OptimizedBuilder<>(NAME, task, state, report)
            .settings(settings.toJson(), settings.seed());
    modelIds.forEach(optimized::model);
    return optimized.build();
  }

  private static RunFigures figures(
      OptimizerRun run, List<String> notes, Runs runs, DemoCollection demos) {
    return run.figures()
        .finishReason(
            runs.report().map(BootstrapReport::finishReason).orElse(FinishReason.COMPLETED))
        .notes(notes)
        .notes(runs.report().map(BootstrapReport::notes).orElseGet(() -> withoutDemos(demos)))
        .build();
  }

  @Override
  public <I, O> OptimizationPlan plan(OptimizationTask<I, O> task) {
    List<String> notes = checked(task);
    int examples = task.trainset().size();
    OptimizationPlan.Builder plan = OptimizationPlan.builder(NAME);
    if (settings.bootstrap()) {
      TeacherRuns runs = new TeacherRuns(task, settings.forExamples(examples));
      plan.stage(runs.stage(examples)).least(runs.least());
    }
    return plan.trainExamples(examples)
        .maxProgramRuns(settings.bootstrap() ? (long) examples * settings.maxRounds() : 0)
        .maxProposerCalls(0)
        .temperature(Context.current().options().temperature())
        .notes(notes)
        .build();
  }

  private List<String> checked(OptimizationTask<?, ?> task) {
    task.requireExamples();
    boolean idle = !settings.bootstrap();
    if (idle) {
      task.trainset().requireLabels(NAME + " without bootstrap");
    }
    checkTeacher(task);
    embedder(Context.current());
    return UnusedParts.all(
        List.of(
            UnusedParts.valset(task, NAME + " does not choose between programs"),
            UnusedParts.testset(task, NAME + " makes no state that could be compared"),
            ConflictingLabels.note(task.trainset()),
            UnusedParts.settings(
                idle ? settings.runs().changedOfRuns() : List.of(), "bootstrap is false"),
            idle ? UnusedParts.teacher(task, "bootstrap is false") : List.of()));
  }

  private static <I, O> void checkTeacher(OptimizationTask<I, O> task) {
    task.predictors();
    task.teacher().programFor(task.student());
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

  private Map<String, String> modelIds(Context context, Teacher<?, ?> teacher) {
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put("embedder", embedder(context).id());
    if (settings.bootstrap()) {
      ids.put("task", context.lm().id());
      ids.put("teacher", teacher.modelId(context));
    }
    return ids;
  }

  /** What the runs of the teacher gave. */
  private record Runs(List<SuccessfulTrace> traces, Optional<BootstrapReport> report) {}

  private <I, O> Runs runs(OptimizationTask<I, O> task) {
    int examples = task.trainset().size();
    Bootstrapper<I, O> bootstrapper =
        new Bootstrapper<>(task, settings.forExamples(examples), settings.seed());
    List<SuccessfulTrace> traces = bootstrapper.tracesSoFar(examples);
    return new Runs(traces, Optional.of(bootstrapper.report(demos(task, traces).count())));
  }

  private DemoCollection demos(OptimizationTask<?, ?> task, List<SuccessfulTrace> traces) {
    return DemoCollection.of(task.predictors(), task.trainset(), traces, settings.seed());
  }

  private static List<String> withoutDemos(DemoCollection demos) {
    return demos.count().all().entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(
            entry ->
                "The predictor %s got no demos: no labelled example fits it. Maybe bootstrap them."
                    .formatted(entry.getKey()))
        .toList();
  }

  /** Its name and all its settings. */
  @Override
  public String toString() {
    return name() + settings.toJson();
  }
}
