package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import java.util.random.RandomGenerator;

/**
 * Racing: small blocks of examples, in one common order, go to the configurations that may be best.
 *
 * @param settings how the race is run
 */
public record RacingSearch(RacingSettings settings) implements Search {
  /** A race with {@link RacingSettings#defaults()}. */
  public RacingSearch() {
    this(RacingSettings.defaults());
  }

  @Override
  public String name() {
    return "racing";
  }

  @Override
  public SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random) {
    return new RacingRun(settings, problem, budget, random);
  }
}
