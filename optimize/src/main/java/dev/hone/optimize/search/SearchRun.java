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
 * <p>Determinism: a run is a function of what it was started with and what it was told. One that
 * was stopped is resumed by starting it anew and telling it the results it had.
 */
public interface SearchRun {
  /**
   * The next evaluations, to be made concurrently; empty when the search is over.
   *
   * @throws IllegalStateException if the results of the last ask were not told
   */
  List<EvaluationRequest> ask();

  /**
   * Takes what the last ask brought, in its order.
   *
   * @throws IllegalArgumentException if the results are not those of the last ask
   */
  void tell(List<EvaluationScores> results);

  /**
   * Takes new candidates that arrived during the run, and goes on if it had ended. Every dimension
   * keeps its place and its earlier candidates; more may have been added at its end.
   *
   * @param space the larger space
   * @param moreTrials how many trials are added to the budget
   */
  void extend(SearchSpace space, int moreTrials);

  /**
   * The best configuration so far among those evaluated on the whole validation set, the baseline
   * included; empty before the first of them is told.
   */
  Optional<ConfigurationSummary> best();

  /**
   * What to return if the search must stop now: {@link #best()}, and while there is none, what the
   * search believes in by what it knows; empty before it knows anything of the baseline.
   */
  default Optional<ConfigurationSummary> bestSoFar() {
    return best();
  }

  /** All configurations tried so far, best first: fully evaluated ones before others. */
  List<ConfigurationSummary> standings();

  /**
   * An estimate of the chance that {@link #best()} truly is no worse than the baseline, by the
   * search's own model of the scores; empty while the search runs, or if it has no such model. How
   * often such estimates were right on simulated tasks is in {@code docs/algorithms/racing.md}. It
   * is 1 where the baseline itself is the best, and then says nothing of what others might have
   * been: a search may have ended because more of it was unlikely to show anything better.
   */
  default OptionalDouble confidence() {
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
