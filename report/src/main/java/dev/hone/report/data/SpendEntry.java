package dev.hone.report.data;

import dev.hone.context.Spend;

/**
 * What a part of a run cost.
 *
 * @param calls calls that models answered or failed to answer
 * @param cached calls that a cache answered
 * @param promptTokens tokens that were sent
 * @param completionTokens tokens that were received
 * @param tokensKnown whether these are all tokens, or some model does not state them
 * @param usd the money of which is known
 * @param usdKnown whether that is all
 * @param seconds the time that it took; of a model, that of its calls together
 */
public record SpendEntry(
    long calls,
    long cached,
    long promptTokens,
    long completionTokens,
    boolean tokensKnown,
    double usd,
    boolean usdKnown,
    double seconds) {
  /** Nothing. */
  public static final SpendEntry NONE = new SpendEntry(0, 0, 0, 0, true, 0, true, 0);

  /** Fills in what is missing. */
  public SpendEntry {
    usd = Given.finite(usd);
    seconds = Given.finite(seconds);
  }

  /** A spend that took some seconds. */
  public static SpendEntry of(Spend spend, double seconds) {
    return new SpendEntry(
        spend.lmCalls(),
        spend.cachedCalls(),
        spend.usage().promptTokens(),
        spend.usage().completionTokens(),
        spend.usage().known(),
        spend.money().leastUsd().doubleValue(),
        spend.money().known(),
        seconds);
  }

  /** All tokens. */
  public long tokens() {
    return promptTokens + completionTokens;
  }
}
