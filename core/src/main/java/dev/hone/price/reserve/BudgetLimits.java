package dev.hone.price.reserve;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a budget. Immutable.
 *
 * @param maxCalls the most attempts; {@link Long#MAX_VALUE} for no limit
 * @param maxTokens the most tokens sent and received; {@link Long#MAX_VALUE} for no limit
 * @param maxUsd the most US dollars; null for no limit
 * @param maxTime the most time from the first attempt on; null for no limit
 */
public record BudgetLimits(
    long maxCalls, long maxTokens, @Nullable BigDecimal maxUsd, @Nullable Duration maxTime) {
  /** No limit in numbers. */
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /** No limits. */
  public static final BudgetLimits NONE = new BudgetLimits(NO_LIMIT, NO_LIMIT, null, null);
}
