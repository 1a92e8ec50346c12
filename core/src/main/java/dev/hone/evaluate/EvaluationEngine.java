package dev.hone.evaluate;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.context.Usage;
import dev.hone.data.Example;
import dev.hone.evaluate.EvaluationNotifier.Found;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.ProgramState;
import dev.hone.replay.CallPlace;
import dev.hone.row.ExamplePlace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The one engine that runs a program over examples: for evaluating, bootstrapping and searching.
 * Examples run concurrently under the current context; results come in order. An outcome is kept by
 * (state, example) and reused, so nothing is paid for twice; one that failed because the model
 * could not be reached is not kept. Thread-safe.
 *
 * <p>Determinism: the same program, state, examples and replies give the same results, with any
 * number of threads.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class EvaluationEngine<I, O> {
  private final ProgramRunner<I, O> runner;
  private final Metric<I, O> metric;
  private final EvaluationSettings settings;
  private final ConcurrentMap<Key, CompletableFuture<ExampleResult<I, O>>> memo =
      new ConcurrentHashMap<>();

  /** Extras distinguish examples of equal content, since a metric may look at them. */
  private record Key(String stateFingerprint, String exampleId, Map<String, JsonNode> extras) {
    static Key of(String stateFingerprint, Example<?, ?> example) {
      return new Key(stateFingerprint, example.id(), example.extras());
    }
  }

  /** An engine for one program and one metric. */
  public EvaluationEngine(Program<I, O> program, Metric<I, O> metric, EvaluationSettings settings) {
    this.runner = new ProgramRunner<>(program);
    this.metric = metric;
    this.settings = settings;
  }

  /** The program with its predictors. */
  public ProgramRunner<I, O> runner() {
    return runner;
  }

  /**
   * Evaluates the program under a state.
   *
   * <p>Cost: the program's model calls per example whose outcome is not known yet.
   *
   * @throws InvalidInputException if there are no examples
   * @throws EvaluationFailedException if the metric failed on every output, or on each of the first
   *     8; if none of the first 20 examples has an output, such as for replies that cannot be read;
   *     if the model could not be reached for any example; if more examples failed than the
   *     settings allow. Carries the results so far
   * @throws MissingModelException if the program calls a model and the context has none
   * @throws LmException if the credential is refused, the budget is spent or the thread
   *     interrupted; {@link EvaluationFailedException#in} gives the results so far. After an
   *     interrupt it comes back within two seconds: examples that ignore it are named and left
   *     behind on their daemon threads
   */
  public Evaluation<I, O> evaluate(ProgramState state, List<Example<I, O>> examples) {
    Evaluation<I, O> evaluation =
        evaluate(state, examples, EarlyFailureStop.ofWhole(settings, examples.size()));
    return evaluation.requireScore().requireMetric();
  }

  /**
   * Evaluates the program under a state, like {@link #evaluate}, as a part of a larger run: that no
   * example has a score, or an output, is a result like any other.
   *
   * @throws InvalidInputException if there are no examples
   * @throws EvaluationFailedException if more examples failed than the settings allow
   * @throws LmException as {@link #evaluate}
   */
  public Evaluation<I, O> evaluatePart(ProgramState state, List<Example<I, O>> examples) {
    return evaluate(state, examples, EarlyFailureStop.ofPart(settings, examples.size()));
  }

  private Evaluation<I, O> evaluate(
      ProgramState state, List<Example<I, O>> examples, EarlyFailureStop<I, O> stop) {
    if (examples.isEmpty()) {
      throw InvalidInputException.of(
          "There are no examples to evaluate on", "check the file or the split they come from");
    }
    EvaluationNotifier notifier = new EvaluationNotifier(examples.size());
    String fingerprint = state.fingerprint();
    List<Key> keys = examples.stream().map(example -> Key.of(fingerprint, example)).toList();
    return notifier.evaluation(
        () -> of(run(examples, stop, notifier, i -> find(state, examples.get(i), keys.get(i)))));
  }

  /** An evaluation of results that are known, by the metric and the failure score. */
  public Evaluation<I, O> of(List<ExampleResult<I, O>> results) {
    return Evaluation.of(results, settings.failureScore(), metric);
  }

  /**
   * Runs and scores one example under a state, without keeping or reusing its outcome.
   *
   * @throws LmException as {@link #evaluate}
   */
  public ExampleResult<I, O> evaluateOne(ProgramState state, Example<I, O> example) {
    return run(
            List.of(example),
            EarlyFailureStop.ofNone(),
            new EvaluationNotifier(1),
            i -> new Found<>(compute(state, state::fingerprint, example), false))
        .get(0);
  }

  private List<ExampleResult<I, O>> run(
      List<Example<I, O>> examples,
      EarlyFailureStop<I, O> stop,
      EvaluationNotifier notifier,
      IntFunction<Found<I, O>> work) {
    try {
      return new EvaluationRun<>(examples, stop).run(settings.maxInFlight(), notifier, work);
    } catch (LmException.Interrupted e) {
      // One that is left behind may never end: nobody is to wait for it.
      memo.values().removeIf(result -> !result.isDone());
      throw e;
    }
  }

  private Found<I, O> find(ProgramState state, Example<I, O> example, Key key) {
    if (!settings.memoize()) {
      return new Found<>(compute(state, key::stateFingerprint, example), false);
    }
    CompletableFuture<ExampleResult<I, O>> mine = new CompletableFuture<>();
    CompletableFuture<ExampleResult<I, O>> known = memo.putIfAbsent(key, mine);
    return known == null
        ? new Found<>(lead(state, example, key, mine), false)
        : reuse(known, state, example, key);
  }

  private ExampleResult<I, O> lead(
      ProgramState state,
      Example<I, O> example,
      Key key,
      CompletableFuture<ExampleResult<I, O>> mine) {
    try {
      ExampleResult<I, O> result = compute(state, key::stateFingerprint, example);
      if (result.outcome() instanceof Outcome.LmUnavailable<O>) {
        memo.remove(key, mine);
      }
      mine.complete(result);
      return result;
    } catch (Throwable e) {
      memo.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private Found<I, O> reuse(
      CompletableFuture<ExampleResult<I, O>> known,
      ProgramState state,
      Example<I, O> example,
      Key key) {
    try {
      return new Found<>(known.get().reusedFor(example), true);
    } catch (ExecutionException e) {
      return new Found<>(compute(state, key::stateFingerprint, example), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while an equal example was evaluated", e);
    }
  }

  /**
   * Runs the program under what an optimizer draws, and the metric without it. The calls of both
   * count here, whichever context makes them.
   */
  private ExampleResult<I, O> compute(
      ProgramState state, Supplier<String> fingerprint, Example<I, O> example) {
    CallPlace place = ExamplePlace.of(settings.purpose(), fingerprint, example);
    Usage.Tracked<ExampleResult<I, O>> tracked =
        Context.current()
            .with(ExamplePlace.KEY, place)
            .call(() -> Usage.track(() -> scored(state, example)));
    return tracked.value().with(tracked.spend());
  }

  private ExampleResult<I, O> scored(ProgramState state, Example<I, O> example) {
    CallFacts.Recorder calls = new CallFacts.Recorder();
    CallFacts.Recorder judgeCalls = new CallFacts.Recorder();
    Execution<O> execution =
        Context.current().withListener(calls).call(() -> runner.trace(state, example.input()));
    Usage.Tracked<Outcome<O>> judged =
        Context.current()
            .forJudges()
            .withListener(judgeCalls)
            .call(() -> Usage.track(() -> outcome(example, execution)));
    return ExampleResult.of(example, judged.value(), execution, judged.spend())
        .with(calls.facts(), judgeCalls.facts());
  }

  private Outcome<O> outcome(Example<I, O> example, Execution<O> execution) {
    if (execution.failure() != null) {
      return FailureKind.ofProgram(execution.failure());
    }
    O output = execution.output();
    if (output == null) {
      return new Outcome.ProgramFailed<>(new NullPointerException("The program returned null"));
    }
    try {
      @Nullable Score score =
          metric.score(example, output, RunTrace.of(settings.purpose(), execution));
      return score == null
          ? new Outcome.MetricFailed<>(output, nullScore())
          : new Outcome.Scored<>(output, score);
    } catch (Throwable e) {
      return FailureKind.ofMetric(output, e);
    }
  }

  private static InvalidInputException nullScore() {
    return InvalidInputException.of(
        "The metric returned null, expected a score",
        "a branch of it lacks its value; return Score.of(0) where nothing is right");
  }
}
