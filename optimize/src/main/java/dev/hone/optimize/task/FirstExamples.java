package dev.hone.optimize.task;

import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.optimize.UnreadableRepliesException;
import dev.hone.program.ProgramState;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates in parts as long as nothing is known of metric and replies: a run that cannot work ends
 * with the first examples. All else is data. Evaluations may run at once.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class FirstExamples<I, O> {
  /** This number of examples without any score says that the run as a whole is pointless. */
  private static final int ENOUGH = 8;

  private final EvaluationEngine<I, O> engine;
  private final ReadableReplies readable;
  private final List<ExampleResult<I, O>> unscored = new ArrayList<>();

  /** For one run. */
  public FirstExamples(EvaluationEngine<I, O> engine, ReadableReplies readable) {
    this.engine = engine;
    this.readable = readable;
  }

  /**
   * Evaluates a state.
   *
   * @param first whether these are the first examples of the run
   * @throws EvaluationFailedException if the metric fails on every output of the first examples
   * @throws UnreadableRepliesException if none of the first examples has a reply that can be read
   */
  public Evaluation<I, O> evaluate(
      ProgramState state, List<Example<I, O>> examples, boolean first) {
    List<ExampleResult<I, O>> results = new ArrayList<>();
    while (results.size() < examples.size()) {
      int most = Math.min(readable.room(), first && results.isEmpty() ? ENOUGH : examples.size());
      int to = (int) Math.min(examples.size(), (long) results.size() + most);
      List<ExampleResult<I, O>> part =
          engine.evaluatePart(state, examples.subList(results.size(), to)).results();
      readable.take(part);
      if (first && results.isEmpty() && part.size() == ENOUGH) {
        requireMetric(part);
      }
      results.addAll(part);
    }
    return engine.of(results);
  }

  /**
   * Takes results of the run.
   *
   * @param any whether any example has a score by now
   * @throws EvaluationFailedException if there were enough of them, and none has a score
   */
  public void requireScore(List<ExampleResult<I, O>> results, boolean any) {
    if (!any) {
      unscored.addAll(results);
      if (unscored.size() >= ENOUGH) {
        Evaluation.of(unscored, 0).requireScore();
      }
    }
  }

  /**
   * Checks at the end of a run, however short, that there was a score and a reply.
   *
   * @param any whether any example has a score
   * @throws EvaluationFailedException if there were results, and none has a score
   * @throws UnreadableRepliesException if there were replies, and none could be read
   */
  public void requireAny(boolean any) {
    if (!any && !unscored.isEmpty()) {
      Evaluation.of(unscored, 0).requireScore();
    }
    readable.requireAny();
  }

  /** Ends a run whose metric fails on every output of the first examples, and most have one. */
  private static <I, O> void requireMetric(List<ExampleResult<I, O>> first) {
    List<ExampleResult<I, O>> broken =
        first.stream().filter(r -> r.outcome() instanceof Outcome.MetricFailed<O>).toList();
    boolean anyScored = first.stream().anyMatch(r -> r.outcome() instanceof Outcome.Scored<O>);
    if (!anyScored && broken.size() > first.size() / 2) {
      Evaluation.of(broken, 0).requireScore();
    }
  }
}
