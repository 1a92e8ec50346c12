package dev.hone.optimize.run;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.LmException;
import dev.hone.observe.Span;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.OptimizerEvent.CandidateFinished;
import dev.hone.optimize.OptimizerEvent.CandidateStarted;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.task.AlikeScores;
import dev.hone.optimize.task.CallNotes;
import dev.hone.optimize.task.DemoFit;
import dev.hone.optimize.task.KeptResults;
import dev.hone.optimize.task.StateFailures;
import dev.hone.program.ProgramState;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Evaluates a program under many states on the same examples, through one engine: nothing is paid
 * for twice, and equal states have equal scores. Thread-safe.
 *
 * <p>Determinism: as {@link EvaluationEngine}. Cost: one program run per example and distinct
 * state; a second one where the model could not be reached.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class StateEvaluator<I, O> {
  private final String optimizer;
  private final List<Example<I, O>> examples;
  private final DemoFit<I, O> fit;
  private final boolean dropsDemos;
  private final StateFailures failures = new StateFailures();
  private final Map<String, List<OptionalDouble>> scores = new ConcurrentHashMap<>();
  private final Queue<ExampleResult<I, O>> results = new ConcurrentLinkedQueue<>();
  private final Finalists finalists = new Finalists();

  /**
   * An evaluator.
   *
   * @param run the run that it works for
   * @param task whose student is evaluated, by its metric
   * @param examples the examples to choose by
   * @param failureScore what an example counts whose program failed
   */
  public StateEvaluator(
      OptimizerRun run, OptimizationTask<I, O> task, Dataset<I, O> examples, double failureScore) {
    this(run.optimizer(), DemoFit.of(task, failureScore), examples.examples(), false);
  }

  private StateEvaluator(
      String optimizer, DemoFit<I, O> fit, List<Example<I, O>> examples, boolean dropsDemos) {
    this.optimizer = optimizer;
    this.fit = fit;
    this.examples = examples;
    this.dropsDemos = dropsDemos;
  }

  /** What became of one state. */
  public sealed interface Result {
    /** Its score; empty if it has none. */
    default Optional<StateScore> scoreIfAny() {
      return this instanceof Evaluated evaluated
          ? Optional.of(evaluated.score())
          : Optional.empty();
    }

    /**
     * It has a score.
     *
     * @param score the score
     */
    record Evaluated(StateScore score) implements Result {}

    /**
     * It could not be scored at all.
     *
     * @param problem why, in a sentence
     */
    record Failed(String problem) implements Result {}

    /**
     * The budget ended before it was scored.
     *
     * @param error what the budget said
     */
    record BudgetSpent(LmException.BudgetExhausted error) implements Result {}

    /**
     * The run must end, for another reason than the budget, before it was scored: the credential
     * was refused or the thread interrupted, or something was thrown that nobody expected.
     */
    record Stopped(Throwable error) implements Result {}
  }

  /**
   * Evaluates one state, with an event at its start and at its end.
   *
   * @throws EvaluationFailedException if it could not be scored at all
   * @throws LmException if the credential is refused, the budget spent or the thread interrupted
   */
  public StateScore evaluate(CandidateState candidate) {
    Span span = Context.current().span().child();
    Context scope = Context.current().within(span);
    scope.emit(new CandidateStarted(span.stamp(), optimizer, candidate.label()));
    Optional<StateScore> score = Optional.empty();
    try {
      StateScore found = scope.call(() -> scored(candidate));
      score = Optional.of(found);
      return found;
    } finally {
      scope.emit(new CandidateFinished(span.stamp(), optimizer, candidate.label(), score));
    }
  }

  private StateScore scored(CandidateState candidate) {
    ProgramState state = candidate.state();
    Evaluation<I, O> evaluation = evaluated(candidate);
    if (evaluation.count(Outcome.LmUnavailable.class) > 0) {
      evaluation = evaluated(candidate);
    }
    results.addAll(evaluation.results());
    if (evaluation.count(Outcome.Scored.class) > 0) {
      scores.put(state.fingerprint(), evaluation.scores());
    }
    failures.take(state, evaluation);
    finalists.take(candidate, evaluation);
    return StateScore.of(evaluation);
  }

  private Evaluation<I, O> evaluated(CandidateState candidate) {
    return dropsDemos
        ? fit.evaluate(candidate.label(), candidate.state(), examples)
        : fit.engine().evaluate(candidate.state(), examples);
  }

  /**
   * The same evaluator, new, that drops demos from the end of candidates whose prompts are longer
   * than the model takes; of what it finds best, {@link #used} is then to be returned.
   */
  public StateEvaluator<I, O> droppingDemos() {
    return new StateEvaluator<>(optimizer, fit, examples, true);
  }

  /** What a state was evaluated as: without the demos that there was no room for. */
  public ProgramState used(ProgramState state) {
    return fit.of(state);
  }

  /**
   * The note on states that the metric scored alike, all of them, so that there was nothing to
   * choose by; if so.
   */
  public Optional<String> alike() {
    List<DoubleSummaryStatistics> byExample =
        IntStream.range(0, examples.size())
            .mapToObj(
                i ->
                    scores.values().stream()
                        .flatMapToDouble(ofState -> ofState.get(i).stream())
                        .summaryStatistics())
            .toList();
    return AlikeScores.note("candidates", scores.size(), byExample);
  }

  /**
   * What all evaluations say of prompts and replies: too long for some demos, cut off, only
   * thoughts, read after repairs.
   */
  public List<String> callNotes() {
    return Stream.concat(fit.notes().stream(), CallNotes.of(List.copyOf(results)).stream())
        .toList();
  }

  /** On how many examples a state that was evaluated has no score, and why the first; if any. */
  public Optional<String> unscored(ProgramState state) {
    return failures.unscored(state);
  }

  /** On how many examples the program failed under a state, and why the first time; if it did. */
  public Optional<String> failed(ProgramState state) {
    return failures.failed(state);
  }

  /**
   * Evaluates several states concurrently; one that fails costs only itself, and one that is
   * stopped does not lose the others. After an interrupt the thread's interrupt stays set.
   *
   * @return a result per candidate, in order
   */
  public List<Result> evaluateAll(List<CandidateState> candidates) {
    KeptResults<Result> kept = KeptResults.map(candidates, this::result);
    return kept.results().stream()
        .map(result -> result.orElseGet(() -> new Result.Stopped(kept.interrupt().orElseThrow())))
        .toList();
  }

  /**
   * What ends the run by these results: the budget, or what stopped a candidate; empty if it goes
   * on.
   */
  public static Optional<Throwable> end(List<Result> results) {
    return results.stream().flatMap(result -> error(result).stream()).findFirst();
  }

  private static Optional<Throwable> error(Result result) {
    if (result instanceof Result.BudgetSpent spent) {
      return Optional.of(spent.error());
    }
    return result instanceof Result.Stopped stopped
        ? Optional.of(stopped.error())
        : Optional.empty();
  }

  /** Why a result has no score, in a phrase. */
  public static String whyUnscored(Result result) {
    if (result instanceof Result.Failed failed) {
      return failed.problem();
    }
    return result instanceof Result.Stopped
        ? "the run ended before its time."
        : "the budget was spent.";
  }

  /**
   * Evaluates several candidates concurrently, and returns the best of them and of what was the
   * best before. One replaces it only if it is strictly better and has a score on as many examples;
   * of equal ones the earlier stays, and one that could not be scored costs only itself.
   *
   * @throws LmException if the credential is refused or the thread interrupted, and nothing better
   *     was found; a budget that is spent leaves candidates without a score
   */
  public ScoredState best(ScoredState before, List<CandidateState> candidates) {
    List<Result> results = evaluateAll(candidates);
    ScoredState best = before;
    for (int i = 0; i < results.size(); i++) {
      Optional<StateScore> score = results.get(i).scoreIfAny();
      if (score.isPresent() && score.get().beats(best.score())) {
        best = new ScoredState(candidates.get(i), score.get());
      }
    }
    if (best.equals(before)) {
      results.forEach(StateEvaluator::throwIfStopped);
    }
    return best;
  }

  /**
   * What is returned of all that was evaluated: the best by its score, or another that meets the
   * metric's constraints. An optimizer asks for it once, at its end.
   */
  public FinalChoice<ScoredState> choose(ScoredState best) {
    return finalists.choose(best, OptionalDouble.empty());
  }

  /** The verdict by all scores; empty under a metric of sets, or if the baseline has none. */
  public Optional<Verdict> verdict(ProgramState baseline, ProgramState returned) {
    return finalists.underMetricOfSets()
        ? Optional.empty()
        : StateVerdict.of(scores, baseline.fingerprint(), returned.fingerprint());
  }

  private static void throwIfStopped(Result result) {
    if (result instanceof Result.Stopped stopped && stopped.error() instanceof LmException error) {
      throw error;
    }
  }

  private Result result(CandidateState candidate) {
    try {
      return new Result.Evaluated(evaluate(candidate));
    } catch (EvaluationFailedException e) {
      return new Result.Failed(String.valueOf(e.getMessage()));
    } catch (LmException.BudgetExhausted e) {
      return new Result.BudgetSpent(e);
    } catch (Throwable e) {
      return new Result.Stopped(e);
    }
  }
}
