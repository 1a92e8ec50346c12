package dev.hone.optimize.search;

import java.util.random.RandomGenerator;

/** A way to search: settings only, immutable; each run is its own object. */
public interface Search {
  /** Its name in reports and files, such as {@code tpe}. */
  String name();

  /**
   * Starts a run.
   *
   * @param problem what to solve
   * @param budget how much may be tried
   * @param random the run's own source of chance; equal sources and equal scores give equal runs
   */
  SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random);
}
