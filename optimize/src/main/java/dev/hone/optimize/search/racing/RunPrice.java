package dev.hone.optimize.search.racing;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a configuration on one example costs a race, in tokens: its own, and to some part
 * those of the mean configuration, since a call takes its time and its place under a limit whatever
 * its length.
 */
final class RunPrice {
  /** The part of the price that is the same for all configurations. */
  static final double COMMON_SHARE = 0.25;

  private static final long WHOLE_SPACE = 2048;

  private final SearchProblem problem;
  private @Nullable SearchSpace known;
  private double knownMean;

  RunPrice(SearchProblem problem) {
    this.problem = problem;
  }

  /** The price of one of the configurations of a space. */
  double of(Configuration configuration, SearchSpace space) {
    return Math.max(
        1,
        (1 - COMMON_SHARE) * problem.tokensPerRun(configuration)
            + COMMON_SHARE * meanTokens(space));
  }

  /**
   * The mean of tokens, and so of prices, over a space, or over equally spaced configurations of a
   * large one; at least 1.
   */
  double meanTokens(SearchSpace space) {
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
