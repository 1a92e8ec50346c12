package dev.hone.context;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.LmException;
import dev.hone.lm.LmUsage;
import dev.hone.text.Plural;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Limits on what calls of language models may cost: calls, tokens, wall-clock time. Fixed limits
 * with counters of what was spent, shared by all contexts that hold the same budget. Thread-safe.
 *
 * <pre>{@code
 * Budget.ofCalls(500).tokens(1_000_000).wallClock(Duration.ofHours(1))
 * }</pre>
 *
 * <p>Every attempt is checked before it goes to the provider, retries included; cached replies are
 * free, and so are attempts that the provider refused because there were too many.
 *
 * <ul>
 *   <li>Calls: exact, on any number of threads.
 *   <li>Tokens, those sent and those received: known only after a reply, so the attempts that are
 *       under way when the limit is reached still end, and are counted. What a provider does not
 *       state is not counted.
 *   <li>Wall-clock time: from the first attempt on, by the context's clock; an attempt that is
 *       under way at its end still ends.
 * </ul>
 */
public final class Budget {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final long maxCalls;
  private final long maxTokens;
  private final @Nullable Duration maxTime;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong expectedCalls = new AtomicLong();
  private final AtomicLong expectedTokens = new AtomicLong();
  private final AtomicReference<@Nullable Instant> start = new AtomicReference<>();

  private Budget(long maxCalls, long maxTokens, @Nullable Duration maxTime) {
    this.maxCalls = maxCalls;
    this.maxTokens = maxTokens;
    this.maxTime = maxTime;
  }

  /** A budget that is never spent. */
  public static Budget unlimited() {
    return new Budget(NO_LIMIT, NO_LIMIT, null);
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
    return new Budget(value, maxTokens, maxTime);
  }

  /**
   * A new budget, of which nothing is spent, with these limits and one on tokens.
   *
   * @throws InvalidInputException if it is negative
   */
  public Budget tokens(long value) {
    requireNotNegative(value, "tokens");
    return new Budget(maxCalls, value, maxTime);
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
    return new Budget(maxCalls, maxTokens, value);
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
    return calls.get();
  }

  /** The tokens of the replies so far. */
  public long spentTokens() {
    return tokens.get();
  }

  /**
   * Reserves one call; it is settled or given back later.
   *
   * @throws LmException.BudgetExhausted if a limit is reached; names it
   */
  void reserve(Clock clock) {
    if (maxTime != null && isOver(maxTime, clock.instant())) {
      throw exhausted(maxTime + " of wall-clock time");
    }
    if (tokens.get() + expectedTokens.get() >= maxTokens) {
      throw exhausted(Plural.of(maxTokens, "token"));
    }
    long open = maxCalls - expectedCalls.get();
    long before = calls.getAndUpdate(count -> count < open ? count + 1 : count);
    if (before >= open) {
      throw exhausted(Plural.of(maxCalls, "model call"));
    }
  }

  /** Leaves room for what a run cost before it is resumed, which is settled as it is replayed. */
  void expect(long earlierCalls, long earlierTokens) {
    expectedCalls.addAndGet(earlierCalls);
    expectedTokens.addAndGet(earlierTokens);
  }

  /** Takes back room that was left for a call that is replayed now, in whichever budget. */
  void meet(long attempts, LmUsage usage) {
    expectedCalls.addAndGet(-attempts);
    expectedTokens.addAndGet(-Math.max(0, usage.totalTokens()));
  }

  /** Counts a call that is replayed, whatever the limits: it was paid for before. */
  void settleReplayed(long attempts, LmUsage usage) {
    calls.addAndGet(attempts);
    settle(usage);
  }

  private boolean isOver(Duration limit, Instant now) {
    start.compareAndSet(null, now);
    Instant first = start.get();
    return first != null && Duration.between(first, now).compareTo(limit) >= 0;
  }

  private static LmException.BudgetExhausted exhausted(String limit) {
    return new LmException.BudgetExhausted(
        "The budget of %s is spent. Maybe raise it.".formatted(limit));
  }

  /** Counts what a call that was reserved cost. */
  void settle(LmUsage usage) {
    long total = usage.totalTokens();
    if (total > 0) {
      tokens.addAndGet(total);
    }
  }

  /** Gives back a call that was reserved and turned out to be free. */
  void release() {
    calls.decrementAndGet();
  }

  /** What is spent of each limit, such as {@code Budget[3 of 500 model calls, 941 tokens]}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(part(calls.get(), maxCalls, "model call"));
    parts.add(part(tokens.get(), maxTokens, "token"));
    if (maxTime != null) {
      parts.add(maxTime + " of wall-clock time");
    }
    return "Budget[" + String.join(", ", parts) + "]";
  }

  private static String part(long spent, long limit, String unit) {
    return limit == NO_LIMIT
        ? Plural.of(spent, unit)
        : "%d of %s".formatted(spent, Plural.of(limit, unit));
  }
}
