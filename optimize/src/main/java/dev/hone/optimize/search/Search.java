package dev.hone.optimize.search;

import dev.hone.json.Json;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A way to search: settings only, immutable; each run is its own object.
 *
 * <p>One of your own needs a name and {@link #start}; see {@link SearchRun} for its runs. It is
 * passed to an optimizer, or found by {@link #named} if it has a public constructor without
 * parameters and is named as a service.
 *
 * <p>TPE and random share one schedule, and racing has its own, see {@code RacingSearch}. Theirs:
 * the baseline is evaluated fully. Then come batches of {@link SearchBudget#trialsInFlight()}
 * trials, all of a batch on the same minibatch, so that they compare pairwise; minibatches hold the
 * strata in proportion and rotate over the validation set. Whenever {@link
 * SearchBudget#fullEvaluationSteps()} more trials were made, the best configurations by the mean of
 * all their scores are evaluated fully, and again at the end. No configuration is tried twice,
 * unless scores of it were missing.
 */
public interface Search {
  /** Its name in reports and files, such as {@code tpe}. */
  String name();

  /**
   * Its name and its settings as JSON, for provenance. By default the name alone; a search with
   * settings adds them: {@code return Search.super.toJson().put("restarts", restarts);}.
   */
  default ObjectNode toJson() {
    return Json.object().put("name", name());
  }

  /**
   * Starts a run.
   *
   * @param problem what to solve
   * @param budget how much may be tried
   * @param random the run's own randomness; equal generators and equal scores give equal runs
   */
  SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random);

  /**
   * The most evaluations of a configuration on an example that a run makes, if each of them gives a
   * score. By default those of the baseline and of all trials on the whole validation set.
   */
  default long mostEvaluations(SearchExtent extent) {
    return extent.fullEvaluations();
  }

  /**
   * The fewest evaluations that leave something to choose by; a budget of the context that does not
   * hold them is refused before the first call. Default: two configurations on the whole validation
   * set.
   */
  default long leastEvaluations(SearchExtent extent) {
    return 2L * extent.exampleCount();
  }

  /**
   * Whether its runs take candidates that arrive later, by {@link SearchRun#extend}; without it
   * there is one round of proposals. By default not.
   */
  default boolean extensible() {
    return false;
  }

  /**
   * The settings of a {@link SearchBudget} that this search takes for the size of its budget only,
   * by their names: it does not choose examples by them. Their defaults are taken; where a user
   * sets one, the run is refused before its first call. Default: none.
   */
  default Set<String> settingsOfBudgetOnly() {
    return Set.of();
  }

  /**
   * What of its own settings has no effect under a budget, in sentences such as {@code gamma has no
   * effect, since …}. Default: none.
   */
  default List<String> notes(SearchBudget budget) {
    return List.of();
  }

  /**
   * Search guided by a tree-structured Parzen estimator, with default settings; for others see
   * {@code TpeSearch}.
   */
  static Search tpe() {
    return named("tpe");
  }

  /** Search at random without repetition. */
  static Search random() {
    return named("random");
  }

  /** Search by racing, with default settings; for others see {@code RacingSearch}. */
  static Search racing() {
    return named("racing");
  }

  /**
   * The search of a name, with default settings: {@code racing}, {@code tpe}, {@code random}, or
   * one of your own that is named in {@code META-INF/services/dev.hone.optimize.search.Search}.
   *
   * @throws dev.hone.InvalidInputException if there is none of that name
   */
  static Search named(String name) {
    return InstalledSearches.named(name);
  }
}
