package dev.hone.cli.optimize;

import dev.hone.context.Budget;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Divides a budget: testing what is found needs a part of it, which the search must leave. The time
 * of a budget counts from when this is made.
 */
final class RunBudget {
  /** A found prompt has demos, so that it may be longer than the one before. */
  private static final int LONGER = 3;

  /** Of the time as much is kept at least, where a cache made the test before quick. */
  private static final int LEAST_PART = 10;

  private final Budget total;
  private final Clock clock;
  private final Instant began;

  /**
   * A division of a budget that begins now.
   *
   * @param total the whole budget, from which the test before is paid
   */
  RunBudget(Budget total, Clock clock) {
    this.total = total;
    this.clock = clock;
    this.began = clock.instant();
  }

  /** The time since it began. */
  Duration elapsed() {
    return Duration.between(began, clock.instant());
  }

  /**
   * What the optimizer may spend.
   *
   * @param test what the test before would cost, were nothing of it cached
   */
  Budget forOptimizing(TestCost test) {
    return within(
        less(test.calls(), LONGER * test.tokens(), LONGER * test.usd()),
        total
            .timeLimit()
            .map(limit -> longer(test.time().multipliedBy(LONGER), limit.dividedBy(LEAST_PART))));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * What is left for testing.
   *
   * @param optimizing the budget that the optimizer had
   */
  Budget forTesting(Budget optimizing) {
    return within(
        less(
            optimizing.spentCalls(),
            optimizing.spentTokens(),
            optimizing.spentMoney().leastUsd().doubleValue()),
        total.timeLimit().map(limit -> Duration.ZERO));
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

  /** With what is left of the time, less what is kept back. */
  private Budget within(Budget budget, Optional<Duration> kept) {
    if (kept.isEmpty()) {
      return budget;
    }
    Duration left = total.timeLimit().orElseThrow().minus(elapsed());
    Duration rest = left.minus(kept.get());
    return budget.wallClock(rest.isNegative() ? Duration.ZERO : rest);
  }
}
