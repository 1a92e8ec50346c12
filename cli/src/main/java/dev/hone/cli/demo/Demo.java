package dev.hone.cli.demo;

import dev.hone.cli.demo.DemoResult.Row;
import dev.hone.context.Context;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.SpendMeter;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmPipeline;
import dev.hone.observe.EventListener;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.bootstrap.BootstrapFewShot;
import dev.hone.optimize.mipro.Auto;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.program.Compiled;
import dev.hone.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Runs the demo: measures the program as it is, with bootstrapped demos, and optimized by MIPROv2.
 * Each of the three has a cache of its own, so none profits from another's calls.
 */
final class Demo<I, O> {
  private final DemoTask<I, O> task;
  private final LanguageModel model;
  private final int maxInFlight;
  private final long seed;
  private final EventListener progress;

  Demo(
      DemoTask<I, O> task,
      LanguageModel model,
      int maxInFlight,
      long seed,
      EventListener progress) {
    this.task = task;
    this.model = model;
    this.maxInFlight = maxInFlight;
    this.seed = seed;
    this.progress = progress;
  }

  /** A program to test, and what finding it cost. */
  private record Found<P>(P program, Row row) {}

  DemoResult run(Path artifact) {
    long start = System.nanoTime();
    Found<Program<I, O>> baseline = measured("zero-shot baseline", task::program);
    Found<Program<I, O>> bootstrapped =
        measured(
            "BootstrapFewShot",
            () ->
                BootstrapFewShot.defaults()
                    .withSeed(seed)
                    .compile(task.program(), task.trainset(), task.metric()));
    Found<Optimized<I, O, MiproV2Report>> optimized =
        measured(
            "MIPROv2 light",
            () ->
                MiproV2.auto(Auto.LIGHT)
                    .seed(seed)
                    .compile(task.program(), task.trainset(), task.metric()));
    optimized.program().save(artifact);
    double reloaded = reloaded(artifact);
    Compiled<I, O> winner = optimized.program().compiled();
    return new DemoResult(
        task.name(),
        model.id(),
        seed,
        baseline.row(),
        bootstrapped.row(),
        optimized.row(),
        dev.hone.program.Predictors.of(task.program()).initialState(),
        winner.state(),
        optimized.program().report(),
        artifact,
        reloaded,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private <P extends Program<I, O>> Found<P> measured(String name, Supplier<P> find) {
    SpendMeter meter = new SpendMeter();
    Context context = context().toBuilder().listener(meter).build();
    context.emit(new DemoEvent.Measuring(name));
    P program = context.call(find);
    long optimizationCalls = meter.total().lmCalls();
    Evaluation<I, O> evaluation = context().call(() -> test(program));
    return new Found<>(
        program,
        new Row(
            evaluation.scoreMean(),
            evaluation.interval(),
            optimizationCalls,
            evaluation.spend().lmCalls()));
  }

  private double reloaded(Path artifact) {
    Compiled<I, O> program = Compiled.load(task.program(), artifact);
    return context().call(() -> test(program)).scoreMean();
  }

  private Evaluation<I, O> test(Program<I, O> program) {
    Context.current().emit(new DemoEvent.Testing());
    return Evaluator.of(task.testset(), task.metric()).evaluate(program);
  }

  /** A context with a pipeline, and so a cache, of its own. */
  private Context context() {
    return Context.builder()
        .lm(LmPipeline.builder(model).maxInFlight(maxInFlight).build())
        .listener(progress)
        .build();
  }
}
