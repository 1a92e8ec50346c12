package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import org.jspecify.annotations.Nullable;

/** What a point of score, one hundredth, may cost. */
final class PointPrice {
  /**
   * A point of score is worth this share of what the sampled schedule costs, where nothing else is
   * said.
   */
  private static final double SCHEDULES_PER_POINT = 0.2;

  private static final double POINT = 0.01;
  private static final long WHOLE_SPACE = 2048;

  private final RacingSettings settings;
  private final SearchProblem problem;
  private final RacingBudget budget;
  private @Nullable SearchSpace known;
  private double knownMean;

  PointPrice(RacingSettings settings, SearchProblem problem, RacingBudget budget) {
    this.settings = settings;
    this.problem = problem;
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
        ? POINT / (SCHEDULES_PER_POINT * budget.scheduled() * meanTokens(space))
        : points * POINT / 1000;
  }

  /** The mean over a space, or over equally spaced configurations of a large one. */
  private double meanTokens(SearchSpace space) {
    if (!space.equals(known)) {
      known = space;
      knownMean = meanOf(space);
    }
    return knownMean;
  }

  private double meanOf(SearchSpace space) {
    long count = Math.min(WHOLE_SPACE, space.size());
    double sum = 0;
    for (long i = 0; i < count; i++) {
      sum += problem.tokensPerRun(space.at(i * (space.size() / count)));
    }
    return Math.max(1, sum / count);
  }
}
