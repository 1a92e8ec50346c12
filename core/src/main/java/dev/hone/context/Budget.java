package dev.hone.context;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmUsage;
import dev.hone.price.Money;
import dev.hone.price.Price;
import dev.hone.price.reserve.BudgetAccount;
import dev.hone.price.reserve.BudgetLimits;
import dev.hone.price.reserve.Reservation;
import dev.hone.text.Plural;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Limits on what calls of language models may cost: calls, tokens, money, wall-clock time. Fixed
 * limits with an account of what was spent, shared by all contexts that hold the same budget, so by
 * the task's model, a teacher, a proposer and judges. Thread-safe.
 *
 * <pre>{@code
 * Budget.ofMoney(2.50).calls(5_000).wallClock(Duration.ofHours(1))
 * }</pre>
 *
 * <p>Every attempt reserves what it may cost before it goes to the provider, retries included:
 * tokens of its prompt as estimated, and of its reply up to {@code maxTokens} where that is set,
 * else as long as replies of the model so far. What it really cost is counted when it ends. An
 * attempt that does not fit beside those under way waits until they end; one that does not fit into
 * what is left is refused. Cached replies are free, and so are attempts that the provider refused
 * because there were too many.
 *
 * <ul>
 *   <li>Calls: exact, on any number of threads.
 *   <li>Tokens, those sent and those received: exceeded at most by what the attempts under way at
 *       the end cost more than was reserved for them; with {@code maxTokens} that is the error in
 *       the tokens of their prompts. Where a provider does not state tokens, the reserved ones
 *       count; so they do of an attempt that was given up, which may be charged for all the same.
 *   <li>Money: as tokens, by the prices of the context. Calls of a model without a price are
 *       counted in tokens only, and a warning in the log says so, once per model.
 *   <li>Wall-clock time: from the first attempt on, by the context's clock; an attempt that is
 *       under way at its end still ends.
 * </ul>
 */
public final class Budget {
  private final BudgetLimits limits;
  private final BudgetAccount account;

  private Budget(BudgetLimits limits) {
    this.limits = limits;
    this.account = new BudgetAccount(limits);
  }

  /** A budget that is never spent. */
  public static Budget unlimited() {
    return new Budget(BudgetLimits.NONE);
  }

  /**
   * A budget of a number of calls.
   *
   * @throws InvalidInputException if it is negative
   */
  public static Budget ofCalls(long maxCalls) {
    return unlimited().calls(maxCalls);
  }

  /**
   * A budget of a number of tokens.
   *
   * @throws InvalidInputException if it is negative
   */
  public static Budget ofTokens(long maxTokens) {
    return unlimited().tokens(maxTokens);
  }

  /**
   * A budget of an amount of US dollars.
   *
   * @throws InvalidInputException if it is negative or no finite number
   */
  public static Budget ofMoney(double maxUsd) {
    return unlimited().money(maxUsd);
  }

  /**
   * A budget of a time from the first attempt on.
   *
   * @throws InvalidInputException if it is null or negative
   */
  public static Budget ofWallClock(Duration maxTime) {
    return unlimited().wallClock(maxTime);
  }

  /**
   * A new budget, of which nothing is spent, with these limits and one on calls.
   *
   * @throws InvalidInputException if it is negative
   */
  public Budget calls(long value) {
    requireNotNegative(value, "calls");
    return new Budget(
        new BudgetLimits(value, limits.maxTokens(), limits.maxUsd(), limits.maxTime()));
  }

  /**
   * A new budget, of which nothing is spent, with these limits and one on tokens.
   *
   * @throws InvalidInputException if it is negative
   */
  public Budget tokens(long value) {
    requireNotNegative(value, "tokens");
    return new Budget(
        new BudgetLimits(limits.maxCalls(), value, limits.maxUsd(), limits.maxTime()));
  }

  /**
   * A new budget, of which nothing is spent, with these limits and one on US dollars.
   *
   * @throws InvalidInputException if it is negative or no finite number
   */
  public Budget money(double usd) {
    if (!Double.isFinite(usd) || usd < 0) {
      throw InvalidInputException.of(
          "The budget ($" + usd + ") is negative or not finite",
          "leave the budget out for no limit");
    }
    return new Budget(
        new BudgetLimits(
            limits.maxCalls(), limits.maxTokens(), BigDecimal.valueOf(usd), limits.maxTime()));
  }

  /**
   * A new budget, of which nothing is spent, with these limits and one on the time from the first
   * attempt on.
   *
   * @throws InvalidInputException if it is null or negative
   */
  public Budget wallClock(Duration value) {
    if (SettingCheck.given("wallClock", value).isNegative()) {
      throw InvalidInputException.of(
          "The budget (" + value + ") is negative", "leave the budget out for no limit");
    }
    return new Budget(
        new BudgetLimits(limits.maxCalls(), limits.maxTokens(), limits.maxUsd(), value));
  }

  private static void requireNotNegative(long value, String unit) {
    if (value < 0) {
      throw InvalidInputException.of(
          "The budget (%d %s) is negative".formatted(value, unit),
          "leave the budget out for no limit");
    }
  }

  /** The calls paid for so far, those under way included; never more than the limit. */
  public long spentCalls() {
    return account.calls();
  }

  /** The tokens of the attempts so far that ended. */
  public long spentTokens() {
    return account.tokens();
  }

  /** What the attempts so far that ended cost; a lower bound where a price was not known. */
  public Money spentMoney() {
    return account.money();
  }

  /** The calls that are left; empty if they are not limited. */
  public OptionalLong callsLeft() {
    return left(limits.maxCalls(), account.calls());
  }

  /** The tokens that are left; empty if they are not limited. */
  public OptionalLong tokensLeft() {
    return left(limits.maxTokens(), account.tokens());
  }

  private static OptionalLong left(long limit, long spent) {
    return limit == BudgetLimits.NO_LIMIT
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, limit - spent));
  }

  /** The US dollars that are left; empty if they are not limited. */
  public Optional<BigDecimal> usdLeft() {
    return Optional.ofNullable(limits.maxUsd())
        .map(limit -> limit.subtract(account.money().leastUsd()).max(BigDecimal.ZERO));
  }

  /** The limit of the time from the first attempt on; empty if it is not limited. */
  public Optional<Duration> timeLimit() {
    return Optional.ofNullable(limits.maxTime());
  }

  /**
   * Reserves what an attempt may cost; it is settled or given back later. The one way by which an
   * attempt is charged.
   *
   * @param price of the model; null if it is not known
   * @throws dev.hone.lm.LmException.BudgetExhausted if a limit is reached; names it
   * @throws dev.hone.lm.LmException.Interrupted if interrupted while waiting for other attempts
   */
  Reservation reserve(LmRequest request, String modelId, @Nullable Price price, Clock clock) {
    return account.reserve(request, modelId, price, clock);
  }

  /** Leaves room for what a run cost before it is resumed, which is settled as it is replayed. */
  void expect(long earlierCalls, long earlierTokens, BigDecimal earlierUsd) {
    account.expect(earlierCalls, earlierTokens, earlierUsd);
  }

  /** Takes back room that was left for a call that is replayed now, in whichever budget. */
  void meet(long attempts, LmUsage usage, BigDecimal usd) {
    account.expect(-attempts, -Math.max(0, usage.totalTokens()), usd.negate());
  }

  /**
   * Counts a call that is replayed, whatever the limits: it was paid for before.
   *
   * @param attempts how many were paid for
   * @param usage that of the reply; null if there was none, or a cache had it
   * @param awaitedUsd for how many dollars room was left in this budget; null if none was left for
   *     this call
   */
  void settleReplayed(
      LmRequest request,
      String modelId,
      @Nullable Price price,
      long attempts,
      @Nullable LmUsage usage,
      @Nullable BigDecimal awaitedUsd) {
    account.settleReplayed(request, modelId, price, attempts, usage, awaitedUsd);
  }

  /** What is spent of each limit, such as {@code Budget[3 of 500 model calls, 941 tokens]}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(part(account.calls(), limits.maxCalls(), "model call"));
    parts.add(part(account.tokens(), limits.maxTokens(), "token"));
    if (limits.maxUsd() != null) {
      parts.add("%s of %s".formatted(account.money(), Money.ofUsd(limits.maxUsd())));
    }
    if (limits.maxTime() != null) {
      parts.add(limits.maxTime() + " of wall-clock time");
    }
    return "Budget[" + String.join(", ", parts) + "]";
  }

  private static String part(long spent, long limit, String unit) {
    return limit == BudgetLimits.NO_LIMIT
        ? Plural.of(spent, unit)
        : "%d of %s".formatted(spent, Plural.of(limit, unit));
  }
}
