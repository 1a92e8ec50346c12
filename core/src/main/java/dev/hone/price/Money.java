package dev.hone.price;

import dev.hone.InvalidInputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money in US dollars, of which all, a part or nothing may be known. What is not known
 * is never taken for 0: the sum of a known and an unknown amount is known as a lower bound only.
 * Immutable; sums are exact.
 */
public final class Money {
  /** Nothing was paid. */
  public static final Money NONE = new Money(BigDecimal.ZERO, true);

  /** Something may have been paid, and it is not known how much. */
  public static final Money UNKNOWN = new Money(BigDecimal.ZERO, false);

  private static final int CENTS = 2;
  private static final int DIGITS = 3;
  private static final BigDecimal ONE_DOLLAR = BigDecimal.ONE;

  private final BigDecimal usd;
  private final boolean known;

  private Money(BigDecimal usd, boolean known) {
    this.usd = usd.signum() == 0 ? BigDecimal.ZERO : usd.stripTrailingZeros();
    this.known = known;
  }

  /**
   * A known amount in US dollars.
   *
   * @throws InvalidInputException if it is negative
   */
  public static Money ofUsd(BigDecimal usd) {
    if (usd.signum() < 0) {
      throw InvalidInputException.of(
          "The amount ($%s) is negative".formatted(usd.toPlainString()), "use 0 or more");
    }
    return new Money(usd, true);
  }

  /**
   * A known amount in US dollars.
   *
   * @throws InvalidInputException if it is negative or no finite number
   */
  public static Money ofUsd(double usd) {
    if (!Double.isFinite(usd)) {
      throw InvalidInputException.of("The amount ($" + usd + ") is not finite", "use 1.50");
    }
    return ofUsd(BigDecimal.valueOf(usd));
  }

  /** A copy that is a lower bound: something more may have been paid. */
  public Money atLeast() {
    return known ? new Money(usd, false) : this;
  }

  /** Whether the whole amount is known. */
  public boolean known() {
    return known;
  }

  /** The amount in US dollars; empty if it is not known, or known in part only. */
  public Optional<BigDecimal> usd() {
    return known ? Optional.of(usd) : Optional.empty();
  }

  /** The part of it that is known, in US dollars; 0 where nothing is. */
  public BigDecimal leastUsd() {
    return usd;
  }

  /** The sum of both; known if both are. */
  public Money plus(Money other) {
    return new Money(usd.add(other.usd), known && other.known);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Money money && usd.equals(money.usd) && known == money.known;
  }

  @Override
  public int hashCode() {
    return 31 * usd.hashCode() + Boolean.hashCode(known);
  }

  /**
   * For people: {@code $1.25}, {@code $0.000153} (from a dollar on to the cent, below it to three
   * digits), {@code at least $0.02}, {@code unknown cost}.
   */
  @Override
  public String toString() {
    if (!known && usd.signum() == 0) {
      return "unknown cost";
    }
    return (known ? "$" : "at least $") + shown();
  }

  private String shown() {
    BigDecimal rounded =
        usd.compareTo(ONE_DOLLAR) >= 0
            ? usd.setScale(CENTS, RoundingMode.HALF_UP)
            : usd.round(new MathContext(DIGITS, RoundingMode.HALF_UP)).stripTrailingZeros();
    return rounded.scale() < CENTS
        ? rounded.setScale(CENTS, RoundingMode.UNNECESSARY).toPlainString()
        : rounded.toPlainString();
  }
}
