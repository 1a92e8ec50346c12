package dev.hone.optimize;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.price.Money;
import dev.hone.text.Plural;
import java.math.BigDecimal;
import java.util.Optional;

/** Whether what is left of a budget can give any result. */
final class BudgetCheck {
  private static final String FIX = "raise it, or choose by fewer examples";

  private final String optimizer;
  private final PlannedStage least;

  BudgetCheck(String optimizer, PlannedStage least) {
    this.optimizer = optimizer;
    this.least = least;
  }

  void require(Budget budget) {
    budget
        .callsLeft()
        .ifPresent(left -> check(left < least.minCalls(), calls(left), calls(least.minCalls())));
    budget
        .tokensLeft()
        .ifPresent(
            left ->
                check(
                    left < least.minTokens(), tokens(left), "about " + tokens(least.minTokens())));
    Optional<BigDecimal> usd = least.minMoney().map(Money::leastUsd);
    budget
        .usdLeft()
        .ifPresent(
            left ->
                usd.ifPresent(
                    need ->
                        check(
                            left.compareTo(need) < 0,
                            Money.ofUsd(left).toString(),
                            "about " + Money.ofUsd(need))));
  }

  private static String calls(long number) {
    return Plural.of(number, "model call");
  }

  private static String tokens(long number) {
    return Plural.of(number, "token");
  }

  private void check(boolean tooSmall, String left, String need) {
    if (tooSmall) {
      throw InvalidInputException.of(
          "The budget has %s left, and %s needs at least %s to have a result (%s)"
              .formatted(left, optimizer, need, least.formula()),
          FIX);
    }
  }
}
