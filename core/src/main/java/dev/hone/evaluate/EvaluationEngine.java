package dev.hone.evaluate;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.context.SpendMeter;
import dev.hone.data.Example;
import dev.hone.evaluate.EvaluationNotifier.Found;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.ProgramState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
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

  private record Item<I, O>(int index, Key key, Example<I, O> example) {}

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
   *     8, or the model could not be reached for any example
   * @throws MissingModelException if the program calls a model and the context has none
   * @throws LmException if the credential is refused, the budget is spent or the thread interrupted
   */
  public Evaluation<I, O> evaluate(ProgramState state, List<Example<I, O>> examples) {
    EarlyFailureStop<I, O> first = new EarlyFailureStop<>();
    Evaluation<I, O> evaluation = evaluate(state, examples, first::check).requireScore();
    return evaluation.requireMetric();
  }

  /**
   * Evaluates the program under a state, like {@link #evaluate}, as a part of a larger run: that no
   * example has a score is a result like any other.
   *
   * @throws InvalidInputException if there are no examples
   * @throws LmException if the credential is refused, the budget is spent or the thread interrupted
   */
  public Evaluation<I, O> evaluatePart(ProgramState state, List<Example<I, O>> examples) {
    return evaluate(state, examples, (result, index) -> {});
  }

  private Evaluation<I, O> evaluate(
      ProgramState state, List<Example<I, O>> examples, ObjIntConsumer<ExampleResult<I, O>> check) {
    if (examples.isEmpty()) {
      throw InvalidInputException.of(
          "There are no examples to evaluate on", "check the file or the split they come from");
    }
    EvaluationNotifier notifier = new EvaluationNotifier(examples.size());
    return notifier.evaluation(
        () ->
            Evaluation.of(
                Context.current()
                    .workers()
                    .map(
                        items(state.fingerprint(), examples),
                        settings.maxInFlight(),
                        item -> {
                          ExampleResult<I, O> result =
                              notifier.example(item.example(), () -> find(state, item));
                          check.accept(result, item.index());
                          return result;
                        }),
                settings.failureScore()));
  }

  /**
   * Runs and scores one example under a state, without keeping or reusing its outcome.
   *
   * @throws LmException as {@link #evaluate}
   */
  public ExampleResult<I, O> evaluateOne(ProgramState state, Example<I, O> example) {
    return new EvaluationNotifier(1)
        .example(example, () -> new Found<>(compute(state, example), false));
  }

  private List<Item<I, O>> items(String fingerprint, List<Example<I, O>> examples) {
    return IntStream.range(0, examples.size())
        .mapToObj(i -> new Item<>(i, Key.of(fingerprint, examples.get(i)), examples.get(i)))
        .toList();
  }

  private Found<I, O> find(ProgramState state, Item<I, O> item) {
    if (!settings.memoize()) {
      return new Found<>(compute(state, item.example()), false);
    }
    CompletableFuture<ExampleResult<I, O>> mine = new CompletableFuture<>();
    CompletableFuture<ExampleResult<I, O>> known = memo.putIfAbsent(item.key(), mine);
    return known == null ? lead(state, item, mine) : reuse(known, state, item);
  }

  private Found<I, O> lead(
      ProgramState state, Item<I, O> item, CompletableFuture<ExampleResult<I, O>> mine) {
    try {
      ExampleResult<I, O> result = compute(state, item.example());
      if (result.outcome() instanceof Outcome.LmUnavailable<O>) {
        memo.remove(item.key(), mine);
      }
      mine.complete(result);
      return new Found<>(result, false);
    } catch (Throwable e) {
      memo.remove(item.key(), mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private Found<I, O> reuse(
      CompletableFuture<ExampleResult<I, O>> known, ProgramState state, Item<I, O> item) {
    try {
      return new Found<>(known.join().reusedFor(item.example()), true);
    } catch (CompletionException e) {
      return new Found<>(compute(state, item.example()), false);
    }
  }

  /** Runs the program under what an optimizer draws, and the metric without it. */
  private ExampleResult<I, O> compute(ProgramState state, Example<I, O> example) {
    SpendMeter meter = new SpendMeter();
    Context context = Context.current().withListener(meter);
    Execution<O> execution = context.call(() -> runner.trace(state, example.input()));
    Outcome<O> outcome =
        context.withDraw(LmOptions.defaults()).call(() -> outcome(example, execution));
    return ExampleResult.of(example, outcome, execution, meter.total());
  }

  private Outcome<O> outcome(Example<I, O> example, Execution<O> execution) {
    if (execution.failure() != null) {
      return failure(execution.failure());
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
    } catch (LmException e) {
      return isRefused(e) ? new Outcome.MetricFailed<>(output, e) : failure(e);
    } catch (RuntimeException e) {
      return new Outcome.MetricFailed<>(output, e);
    } catch (Throwable e) {
      return new Outcome.MetricFailed<>(output, unexpected(e));
    }
  }

  /** Errors, and checked exceptions that were thrown past the compiler. */
  private static RuntimeException unexpected(Throwable error) {
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("The metric was interrupted", error);
    }
    return new IllegalStateException("The metric threw " + error, error);
  }

  private static InvalidInputException nullScore() {
    return InvalidInputException.of(
        "The metric returned null, expected a score",
        "a branch of it lacks its value; return Score.of(0) where nothing is right");
  }

  /** A prompt that a model refuses is its author's fault; everything else is the model's. */
  private Outcome<O> failure(RuntimeException error) {
    if (error instanceof MissingModelException
        || error instanceof LmException.Unauthorized
        || error instanceof LmException.BudgetExhausted
        || error instanceof LmException.Interrupted) {
      throw error;
    }
    return error instanceof LmException lm && !isRefused(lm)
        ? new Outcome.LmUnavailable<>(lm)
        : new Outcome.ProgramFailed<>(error);
  }

  private static boolean isRefused(LmException error) {
    return error instanceof LmException.ContextWindowExceeded
        || error instanceof LmException.ContentRefused;
  }
}
