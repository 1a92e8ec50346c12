package dev.hone.cli.optimize;

import dev.hone.context.Budget;
import dev.hone.context.Spend;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Divides a budget: testing what is found needs a part of it, which the search must leave.
 *
 * @param total the whole budget, from which testing is paid
 */
record RunBudget(Budget total) {
  /** A found prompt has demos, so that it may be longer than the one before. */
  private static final int LONGER = 3;

  /**
   * What the optimizer may spend.
   *
   * @param before what it cost to test the program before
   */
  Budget forOptimizing(Spend before) {
    long calls = before.lmCalls() + before.cachedCalls();
    long tokens = LONGER * before.usage().totalTokens();
    double usd = LONGER * before.money().leastUsd().doubleValue();
    return less(calls, tokens, usd);
  }

  /** What is left for testing once the optimizer has spent its part. */
  Budget forTesting(Spend optimizing) {
    return less(
        optimizing.lmCalls(),
        optimizing.usage().totalTokens(),
        optimizing.money().leastUsd().doubleValue());
  }

  private Budget less(long calls, long tokens, double usd) {
    Budget budget = total;
    if (total.callsLeft().isPresent()) {
      budget = budget.calls(Math.max(0, total.callsLeft().getAsLong() - calls));
    }
    if (total.tokensLeft().isPresent()) {
      budget = budget.tokens(Math.max(0, total.tokensLeft().getAsLong() - tokens));
    }
    Optional<BigDecimal> left = total.usdLeft();
    return left.isPresent() ? budget.money(Math.max(0, left.get().doubleValue() - usd)) : budget;
  }
}
