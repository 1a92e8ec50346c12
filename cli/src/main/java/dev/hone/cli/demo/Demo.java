package dev.hone.cli.demo;

import dev.hone.HoneException;
import dev.hone.cli.demo.DemoResult.NotSaved;
import dev.hone.cli.demo.DemoResult.Row;
import dev.hone.cli.demo.DemoResult.Saved;
import dev.hone.cli.demo.DemoResult.Saving;
import dev.hone.cli.frame.StoppedException;
import dev.hone.cli.progress.Progress;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.context.SpendMeter;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.BuiltInTask;
import dev.hone.lm.LanguageModel;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.pipeline.LmCache;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The demo: measures the program as it is, with bootstrapped demos, and optimized by MIPROv2. Each
 * of the three has caches of its own, so none profits from another's calls; a cache on disk lets
 * each profit from its own calls in an earlier demo only.
 *
 * @param task what is to be done
 * @param model the model that does it
 * @param maxInFlight the most calls of the model at once
 * @param seed the seed of all choices
 * @param progress shows what happens
 * @param disk the cache on disk, if there is one
 */
record Demo<I, O>(
    BuiltInTask<I, O> task,
    LanguageModel model,
    int maxInFlight,
    long seed,
    Progress progress,
    Optional<LmCache> disk) {
  private static final String STEP = "demo-step";

  static final RetrySettings RETRY = RetrySettings.defaults();

  /** A program that was found, and what that cost. */
  private record Found<P>(P program, String name, Spend spend) {}

  /** A program, the result of finding and testing it, and the context it was tested in. */
  private record Measured<P>(P program, Row row, Context tested) {}

  /**
   * Runs the demo. What MIPROv2 finds is saved before it is tested.
   *
   * @throws StoppedException if the thread is interrupted; says where the best so far is saved
   */
  DemoResult run(Path artifact) {
    long start = System.nanoTime();
    Measured<Program<I, O>> baseline = early("zero-shot baseline", task::program);
    Measured<Program<I, O>> bootstrapped = early("BootstrapFewShot", this::bootstrapped);
    Found<Optimized<I, O, MiproV2Report>> found = found("MIPROv2 light", this::optimized);
    Optional<String> unsaved = unsaved(found.program(), artifact);
    String left =
        unsaved
            .map("the best program so far is lost. "::concat)
            .orElse("the best program so far is saved in " + artifact + ".");
    Measured<Optimized<I, O, MiproV2Report>> optimized = stoppable(left, () -> tested(found));
    Saving saving =
        unsaved.<Saving>map(NotSaved::new).orElseGet(() -> reloaded(optimized.tested(), artifact));
    return new DemoResult(
        task.name(),
        model.id(),
        seed,
        baseline.row(),
        bootstrapped.row(),
        optimized.row(),
        Predictors.of(task.program()).initialState(),
        optimized.program().compiled().state(),
        optimized.program().report().notes(),
        saving,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private Measured<Program<I, O>> early(String name, Supplier<Program<I, O>> find) {
    return stoppable("nothing was optimized yet.", () -> tested(found(name, find)));
  }

  /** Runs a step; one that is interrupted ends the demo, saying what is left of it. */
  private static <T> T stoppable(String left, Supplier<T> step) {
    @Nullable T result = null;
    try {
      result = step.get();
    } catch (HoneException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
    if (result == null || Thread.currentThread().isInterrupted()) {
      throw new StoppedException("stopped; " + left);
    }
    return result;
  }

  private Program<I, O> bootstrapped() {
    return BootstrapFewShot.defaults()
        .seed(seed)
        .compile(task.program(), task.trainset(), task.metric());
  }

  private Optimized<I, O, MiproV2Report> optimized() {
    return MiproV2.light().seed(seed).compile(task.program(), task.trainset(), task.metric());
  }

  private <P extends Program<I, O>> Found<P> found(String name, Supplier<P> find) {
    SpendMeter meter = new SpendMeter();
    Context finding = context(name + ", finding").toBuilder().listener(meter).build();
    progress.stage(name);
    P program = finding.call(find::get);
    return new Found<>(program, name, meter.total());
  }

  private <P extends Program<I, O>> Measured<P> tested(Found<P> found) {
    Context testing = context(found.name() + ", testing");
    progress.stage("testing on " + Plural.of(task.testset().size(), "example"));
    Evaluation<I, O> evaluation = testing.call(() -> test(found.program()));
    Row row =
        new Row(
            evaluation.score(),
            evaluation.interval(),
            found.spend().lmCalls(),
            evaluation.spend().lmCalls(),
            found.spend().plus(evaluation.spend()).money());
    return new Measured<>(found.program(), row, testing);
  }

  /** Saves what was found; why it cannot be, if it cannot. No failure here costs what was found. */
  private Optional<String> unsaved(Optimized<I, O, MiproV2Report> found, Path artifact) {
    try {
      found.save(artifact);
      return Optional.empty();
    } catch (HoneException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Loads what was saved and tests that: in the context it was tested in, whose cache answers every
   * prompt that came back unchanged.
   */
  private Saving reloaded(Context tested, Path artifact) {
    try {
      Compiled<I, O> loaded = Compiled.load(task.program(), artifact);
      progress.stage("testing what was saved");
      return new Saved(artifact, tested.call(() -> test(loaded)).score());
    } catch (HoneException e) {
      return new NotSaved(String.valueOf(e.getMessage()));
    }
  }

  private Evaluation<I, O> test(Program<I, O> program) {
    return Evaluator.of(task.testset(), task.metric()).evaluate(program);
  }

  /** A context with a pipeline, and so a cache, of its own, or its own part of that on disk. */
  private Context context(String step) {
    LmPipeline.Builder pipeline = LmPipeline.builder(model).maxInFlight(maxInFlight).retry(RETRY);
    disk.ifPresent(pipeline::cache);
    return Context.builder()
        .lm(pipeline.build())
        .metadata(STEP, step)
        .isolateCacheBy(STEP)
        .listener(progress)
        .build();
  }
}
