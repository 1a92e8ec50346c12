package dev.hone.cli.demo;

import dev.hone.HoneException;
import dev.hone.cli.demo.DemoResult.NotSaved;
import dev.hone.cli.demo.DemoResult.Row;
import dev.hone.cli.demo.DemoResult.Saved;
import dev.hone.cli.demo.DemoResult.Saving;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.context.SpendMeter;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.BuiltInTask;
import dev.hone.lm.LanguageModel;
import dev.hone.observe.EventListener;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The demo: measures the program as it is, with bootstrapped demos, and optimized by MIPROv2. Each
 * of the three has caches of its own, so none profits from another's calls.
 *
 * @param task what is to be done
 * @param model the model that does it
 * @param maxInFlight the most calls of the model at once
 * @param seed the seed of all choices
 * @param progress is notified of what happens
 */
record Demo<I, O>(
    BuiltInTask<I, O> task,
    LanguageModel model,
    int maxInFlight,
    long seed,
    EventListener progress) {
  static final RetrySettings RETRY = RetrySettings.defaults();

  /** A program, the result of finding and testing it, and the context it was tested in. */
  private record Measured<P>(P program, Row row, Context tested) {}

  DemoResult run(Path artifact) {
    long start = System.nanoTime();
    Measured<Program<I, O>> baseline = measured("zero-shot baseline", task::program);
    Measured<Program<I, O>> bootstrapped = measured("BootstrapFewShot", this::bootstrapped);
    Measured<Optimized<I, O, MiproV2Report>> optimized = measured("MIPROv2 light", this::optimized);
    Saving saving = saved(optimized, artifact);
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

  private Program<I, O> bootstrapped() {
    return BootstrapFewShot.defaults()
        .seed(seed)
        .compile(task.program(), task.trainset(), task.metric());
  }

  private Optimized<I, O, MiproV2Report> optimized() {
    return MiproV2.light().seed(seed).compile(task.program(), task.trainset(), task.metric());
  }

  private <P extends Program<I, O>> Measured<P> measured(String name, Supplier<P> find) {
    SpendMeter meter = new SpendMeter();
    Context finding = context().toBuilder().listener(meter).build();
    finding.emit(new DemoEvent.Measuring(finding.span().stamp(), name));
    P program = finding.call(find::get);
    Context testing = context();
    testing.emit(new DemoEvent.Testing(testing.span().stamp(), task.testset().size()));
    Evaluation<I, O> evaluation = testing.call(() -> test(program));
    Row row =
        new Row(
            evaluation.score(),
            evaluation.interval(),
            meter.total().lmCalls(),
            evaluation.spend().lmCalls());
    return new Measured<>(program, row, testing);
  }

  /**
   * Saves the winner, loads it again, and tests that: in the context it was tested in, whose cache
   * answers every prompt that came back unchanged. No failure here costs what was found.
   */
  private Saving saved(Measured<Optimized<I, O, MiproV2Report>> winner, Path artifact) {
    try {
      winner.program().save(artifact);
      Compiled<I, O> loaded = Compiled.load(task.program(), artifact);
      winner.tested().emit(new DemoEvent.Reloaded(winner.tested().span().stamp()));
      return new Saved(artifact, winner.tested().call(() -> test(loaded)).score());
    } catch (HoneException e) {
      return new NotSaved(String.valueOf(e.getMessage()));
    }
  }

  private Evaluation<I, O> test(Program<I, O> program) {
    return Evaluator.of(task.testset(), task.metric()).evaluate(program);
  }

  /** A context with a pipeline, and so a cache, of its own. */
  private Context context() {
    return Context.builder()
        .lm(LmPipeline.builder(model).maxInFlight(maxInFlight).retry(RETRY).build())
        .listener(progress)
        .build();
  }
}
