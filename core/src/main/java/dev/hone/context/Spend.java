package dev.hone.context;

import dev.hone.lm.LmUsage;
import dev.hone.price.Money;
import dev.hone.text.Plural;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What work cost. Immutable; equal figures, equal values. */
public final class Spend {
  /** Nothing. */
  public static final Spend NONE = new Spend(0, 0, LmUsage.NONE, Money.NONE);

  private final long lmCalls;
  private final long cachedCalls;
  private final LmUsage usage;
  private final Money money;

  private Spend(long lmCalls, long cachedCalls, LmUsage usage, Money money) {
    this.lmCalls = lmCalls;
    this.cachedCalls = cachedCalls;
    this.usage = usage;
    this.money = money;
  }

  /**
   * The cost of a number of calls, of which some were answered by a cache, and of their tokens.
   * What they cost in money is not known, unless there are none but cached ones.
   */
  public static Spend of(long lmCalls, long cachedCalls, LmUsage usage) {
    return new Spend(lmCalls, cachedCalls, usage, lmCalls == 0 ? Money.NONE : Money.UNKNOWN);
  }

  /** The same cost, with what it is in money. */
  public Spend withMoney(Money value) {
    return new Spend(lmCalls, cachedCalls, usage, value);
  }

  /** Attempts that a model answered or failed to answer. */
  public long lmCalls() {
    return lmCalls;
  }

  /** Calls that a cache answered. */
  public long cachedCalls() {
    return cachedCalls;
  }

  /** The tokens. */
  public LmUsage usage() {
    return usage;
  }

  /**
   * What it cost, by the prices of the context that called. Unknown where the model has no price, a
   * lower bound where one of several has none: never 0 for what is not known.
   */
  public Money money() {
    return money;
  }

  /** The sum of both. */
  public Spend plus(Spend other) {
    return new Spend(
        lmCalls + other.lmCalls,
        cachedCalls + other.cachedCalls,
        usage.plus(other.usage),
        money.plus(other.money));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Spend spend
        && spend.lmCalls == lmCalls
        && spend.cachedCalls == cachedCalls
        && spend.usage.equals(usage)
        && spend.money.equals(money);
  }

  @Override
  public int hashCode() {
    return Objects.hash(lmCalls, cachedCalls, usage, money);
  }

  /**
   * One line, such as {@code 2 model calls, 1 cached, 30 tokens, $0.02}; money is left out where
   * nothing is known of it.
   */
  @Override
  public String toString() {
    return "%s, %d cached, %s%d tokens%s"
        .formatted(
            Plural.of(lmCalls, "model call"),
            cachedCalls,
            usage.known() ? "" : "at least ",
            usage.totalTokens(),
            moneyPhrase());
  }

  /** The money as a further part of a list, such as {@code , $0.02}; empty if none is known. */
  public String moneyPhrase() {
    boolean nothing = money.leastUsd().signum() == 0;
    return nothing ? "" : ", " + money;
  }
}
