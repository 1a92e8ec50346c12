package dev.hone.context;

import dev.hone.InvalidInputException;
import dev.hone.lm.LmException;
import dev.hone.text.Plural;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit on the calls of language models that may be paid for, exact however many threads call.
 * Shared by all contexts that hold the same budget. Every attempt counts, retries included; cached
 * replies and attempts that the provider refused because there were too many are free. Thread-safe.
 */
public final class CallBudget {
  private final long maxCalls;
  private final AtomicLong spent = new AtomicLong();

  private CallBudget(long maxCalls) {
    this.maxCalls = maxCalls;
  }

  /**
   * A budget of so many calls.
   *
   * @throws InvalidInputException if it is negative
   */
  public static CallBudget ofCalls(long maxCalls) {
    if (maxCalls < 0) {
      throw InvalidInputException.of(
          "The budget (" + maxCalls + " calls) is negative", "leave the budget out for no limit");
    }
    return new CallBudget(maxCalls);
  }

  /** A budget that is never spent. */
  public static CallBudget unlimited() {
    return new CallBudget(Long.MAX_VALUE);
  }

  /** The calls paid for so far, those under way included; never more than the budget. */
  public long spentCalls() {
    return spent.get();
  }

  /**
   * Reserves one call.
   *
   * @throws LmException.BudgetExhausted if the budget is spent
   */
  void reserve() {
    long before = spent.getAndUpdate(calls -> calls < maxCalls ? calls + 1 : calls);
    if (before >= maxCalls) {
      throw new LmException.BudgetExhausted(
          "The budget of %s is spent. Maybe raise it."
              .formatted(Plural.of(maxCalls, "model call")));
    }
  }

  /** Gives back a call that turned out to be free. */
  void release() {
    spent.decrementAndGet();
  }
}
