package dev.hone.price.reserve;

import dev.hone.lm.LmUsage;
import dev.hone.price.Money;
import dev.hone.price.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt may cost, set aside in a budget until the attempt ends: then {@link #settle} or
 * {@link #release} is called, once, from any thread.
 */
public final class Reservation {
  private final BudgetAccount account;
  private final RequestSize request;
  private final @Nullable Price price;
  private final TokenForecast forecast;
  private final LmUsage expected;
  private final BigDecimal usd;
  private final boolean outermost;
  private final Thread thread = Thread.currentThread();

  Reservation(
      BudgetAccount account,
      RequestSize request,
      @Nullable Price price,
      TokenForecast forecast,
      LmUsage expected,
      BigDecimal usd,
      boolean outermost) {
    this.account = account;
    this.request = request;
    this.price = price;
    this.forecast = forecast;
    this.expected = expected;
    this.usd = usd;
    this.outermost = outermost;
  }

  /**
   * Runs a part of the attempt on another thread, which then counts as one that pays for it: what
   * it asks for itself is never waited for.
   */
  public void onOtherThread(Runnable code) {
    boolean added = account.addPayer();
    try {
      code.run();
    } finally {
      if (added) {
        account.removePayer();
      }
    }
  }

  /** What the attempt was expected to cost in tokens. */
  public LmUsage expected() {
    return expected;
  }

  /** Learns from the reply for the attempts that follow. Under the lock of the account. */
  void learn(LmUsage usage) {
    forecast.learn(request, usage);
  }

  BigDecimal usd() {
    return usd;
  }

  /** Whether its thread had no other attempt under way. */
  boolean outermost() {
    return outermost;
  }

  Thread thread() {
    return thread;
  }

  /**
   * Counts what the attempt cost. Where the provider did not report it, as of one that was given
   * up, what was reserved is counted, if that is more: a hard limit does not trust in silence.
   */
  public void settle(LmUsage usage) {
    account.settle(this, usage, counted(usage, expected), paid(usage, price, usd));
  }

  /** The tokens that count for an attempt: those stated, or what was expected if it is more. */
  static long counted(LmUsage usage, LmUsage expected) {
    long stated = usage.totalTokens();
    return usage.known() ? stated : Math.max(stated, expected.totalTokens());
  }

  /** The money that counts for an attempt, by the same rule. */
  static Money paid(LmUsage usage, @Nullable Price price, BigDecimal expectedUsd) {
    if (price == null) {
      return Money.UNKNOWN;
    }
    Money stated = price.of(usage);
    return usage.known() ? stated : Money.ofUsd(stated.leastUsd().max(expectedUsd)).atLeast();
  }

  /** Counts an attempt that failed before a reply was made: a call, without tokens. */
  public void fail() {
    account.close(this, 0);
  }

  /** Gives back an attempt that turned out to be free. */
  public void release() {
    account.close(this, 1);
  }
}
