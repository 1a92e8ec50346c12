package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.SearchSpace;

/** What a point of score, one hundredth, may cost. */
final class PointPrice {
  /**
   * A point of score is worth this share of what the sampled schedule costs, where nothing else is
   * said.
   */
  private static final double SCHEDULES_PER_POINT = 0.2;

  private static final double POINT = 0.01;

  private final RacingSettings settings;
  private final RunPrice runs;
  private final RacingBudget budget;

  PointPrice(RacingSettings settings, RunPrice runs, RacingBudget budget) {
    this.settings = settings;
    this.runs = runs;
    this.budget = budget;
  }

  /**
   * The least gain of score that a token must promise.
   *
   * @param space the configurations so far, of which the mean number of tokens counts
   */
  double leastRate(SearchSpace space) {
    Double points = settings.pointsPerThousandTokens();
    return points == null
        ? POINT / (SCHEDULES_PER_POINT * budget.scheduled() * runs.meanTokens(space))
        : points * POINT / 1000;
  }
}
