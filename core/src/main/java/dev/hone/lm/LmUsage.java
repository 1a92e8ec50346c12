package dev.hone.lm;

/**
 * Tokens spent.
 *
 * @param promptTokens tokens sent
 * @param completionTokens tokens received
 * @param cachedPromptTokens those of the tokens sent that the provider had in its own cache
 * @param known whether the provider told all of it; if not, the numbers are lower bounds
 */
public record LmUsage(
    long promptTokens, long completionTokens, long cachedPromptTokens, boolean known) {

  /** Nothing spent. */
  public static final LmUsage NONE = new LmUsage(0, 0, 0, true);

  /** Something spent, the provider did not say what. */
  public static final LmUsage UNKNOWN = new LmUsage(0, 0, 0, false);

  /** Tokens sent and received, as the provider told. */
  public static LmUsage of(long promptTokens, long completionTokens) {
    return new LmUsage(promptTokens, completionTokens, 0, true);
  }

  /** The sum of both. */
  public LmUsage plus(LmUsage other) {
    return new LmUsage(
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        cachedPromptTokens + other.cachedPromptTokens,
        known && other.known);
  }

  /** Tokens sent and received together. */
  public long totalTokens() {
    return promptTokens + completionTokens;
  }
}
