package dev.hone.price;

import dev.hone.InvalidInputException;
import dev.hone.lm.LmUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a model costs, in US dollars per million tokens. Immutable. */
public final class Price {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private final BigDecimal input;
  private final BigDecimal output;
  private final BigDecimal cachedInput;

  private Price(BigDecimal input, BigDecimal output, BigDecimal cachedInput) {
    this.input = notNegative("input", input);
    this.output = notNegative("output", output);
    this.cachedInput = notNegative("cachedInput", cachedInput);
  }

  /**
   * A price in US dollars per million tokens; tokens that the provider had in its own cache cost as
   * much as others, until {@link #withCachedInput} says otherwise.
   *
   * @param input of tokens sent
   * @param output of tokens received
   * @throws InvalidInputException if one is negative or no finite number
   */
  public static Price perMillionTokens(double input, double output) {
    return of(finite("input", input), finite("output", output), null);
  }

  static Price of(BigDecimal input, BigDecimal output, @Nullable BigDecimal cachedInput) {
    return new Price(input, output, cachedInput == null ? input : cachedInput);
  }

  /**
   * A copy with another price of a million of those tokens sent that the provider had in its own
   * cache.
   *
   * @throws InvalidInputException if it is negative or no finite number
   */
  public Price withCachedInput(double usd) {
    return new Price(input, output, finite("cachedInput", usd));
  }

  /** A copy that costs this share of it. */
  Price times(double factor) {
    BigDecimal share = BigDecimal.valueOf(factor);
    return new Price(input.multiply(share), output.multiply(share), cachedInput.multiply(share));
  }

  private static BigDecimal finite(String name, double usd) {
    if (!Double.isFinite(usd)) {
      throw InvalidInputException.of(
          "The %s price (%s) is not finite".formatted(name, usd),
          "use the dollars per million tokens");
    }
    return BigDecimal.valueOf(usd);
  }

  private static BigDecimal notNegative(String name, BigDecimal usd) {
    if (usd.signum() < 0) {
      throw InvalidInputException.of(
          "The %s price (%s) is negative".formatted(name, usd.toPlainString()),
          "use 0 for a model that costs nothing");
    }
    return usd;
  }

  /** US dollars for a million tokens sent. */
  public BigDecimal input() {
    return input;
  }

  /** US dollars for a million tokens received. */
  public BigDecimal output() {
    return output;
  }

  /** US dollars for a million of those tokens sent that the provider had in its own cache. */
  public BigDecimal cachedInput() {
    return cachedInput;
  }

  /** What tokens cost; a lower bound where the provider did not report all of them. */
  public Money of(LmUsage usage) {
    long cached = Math.min(usage.cachedPromptTokens(), usage.promptTokens());
    BigDecimal usd =
        times(input, usage.promptTokens() - cached)
            .add(times(cachedInput, cached))
            .add(times(output, usage.completionTokens()))
            .divide(MILLION);
    Money money = Money.ofUsd(usd.max(BigDecimal.ZERO));
    return usage.known() ? money : money.atLeast();
  }

  private static BigDecimal times(BigDecimal perMillion, long tokens) {
    return perMillion.multiply(BigDecimal.valueOf(tokens));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Price price
        && input.compareTo(price.input) == 0
        && output.compareTo(price.output) == 0
        && cachedInput.compareTo(price.cachedInput) == 0;
  }

  @Override
  public int hashCode() {
    return input.stripTrailingZeros().hashCode() * 31 + output.stripTrailingZeros().hashCode();
  }

  /** One line, such as {@code $0.15 in, $0.075 in from the cache, $0.6 out per million tokens}. */
  @Override
  public String toString() {
    return "$%s in, $%s in from the cache, $%s out per million tokens"
        .formatted(input.toPlainString(), cachedInput.toPlainString(), output.toPlainString());
  }
}
