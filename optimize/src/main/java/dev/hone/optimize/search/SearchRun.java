package dev.hone.optimize.search;

import dev.hone.optimize.FinishReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A search under way. Not thread-safe: ask, evaluate, tell, in turn. The baseline is evaluated
 * fully: before anything else, or gradually where the search can use that, but before the end. Ends
 * when {@link #ask()} gives nothing.
 *
 * <p>A run of your own has four methods: {@link #ask()}, {@link #tell}, which puts the scores into
 * a {@link ScoreTable} of its own, {@link #scores()}, which gives that table, and {@link
 * #finishReason()}. What is best and in what order follows from the table.
 *
 * <p>Determinism: a run is a function of what it was started with and the scores it was given. One
 * that was stopped is resumed by starting it anew and giving it the scores it had.
 */
public interface SearchRun {
  /**
   * The next evaluations, to be made concurrently; empty when the search is over.
   *
   * @throws IllegalStateException if the scores of the last requests were not passed to {@link
   *     #tell}
   */
  List<EvaluationRequest> ask();

  /**
   * Takes the scores of the last requests, in their order.
   *
   * @throws IllegalArgumentException if they are those of other requests
   */
  void tell(List<EvaluationScores> scores);

  /** Every score that was passed so far. */
  ScoreTable scores();

  /**
   * Takes new candidates that arrived during the run, and goes on if it had ended. Every dimension
   * keeps its place and its earlier candidates; more may have been added at its end. Only called
   * where {@link Search#extensible()}.
   *
   * @param space the larger space
   * @param moreTrials how many trials are added to the budget
   * @throws UnsupportedOperationException if the search is not extensible, as by default
   */
  default void extend(SearchSpace space, int moreTrials) {
    throw new UnsupportedOperationException("This search takes no candidates during a run");
  }

  /**
   * The best configuration so far among those evaluated on the whole validation set, the baseline
   * included; empty before the first of them has scores. By default the best of {@link #scores()}.
   */
  default Optional<ConfigurationSummary> best() {
    return scores().best();
  }

  /**
   * What to return if the search must stop now: {@link #best()}, and while there is none, what the
   * search believes in by what it knows; empty before it knows anything of the baseline.
   */
  default Optional<ConfigurationSummary> bestSoFar() {
    return best();
  }

  /**
   * All configurations tried so far, best first: fully evaluated ones before others. By default the
   * summaries of {@link #scores()}.
   */
  default List<ConfigurationSummary> summaries() {
    return scores().summaries();
  }

  /**
   * An estimate of the probability that {@link #best()} truly is no worse than the baseline, by the
   * search's own model of the scores; empty while the search runs, or if it has no such model. How
   * often such estimates were right on simulated tasks is in {@code docs/algorithms/racing.md}. It
   * is 1 where the baseline itself is the best, and then says nothing of what others might have
   * been: a search may have ended because more of it was unlikely to show anything better.
   */
  default OptionalDouble confidence() {
    return OptionalDouble.empty();
  }

  /**
   * By how much the best of all candidates is expected to be better than {@link #best()}, in units
   * of the score, by the search's own model: what a perfect search could still find. Empty while
   * the search runs, or if it has no such model.
   */
  default OptionalDouble expectedLoss() {
    return OptionalDouble.empty();
  }

  /** Why the search ended; {@link FinishReason#RUNNING} before it has. */
  FinishReason finishReason();

  /**
   * What a reader of the report should know besides, in order, such as a minibatch on which all
   * trials had the same scores.
   */
  default List<String> notes() {
    return List.of();
  }
}
