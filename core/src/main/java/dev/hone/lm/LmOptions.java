package dev.hone.lm;

import dev.hone.InvalidInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a reply is to be generated. A null leaves the choice to the model.
 *
 * @param temperature randomness, 0 to 2
 * @param maxTokens the most tokens a reply may have, at least 1
 * @param topP the share of probability to sample from, 0 to 1
 * @param stop texts at which the reply ends
 * @param rolloutId tells apart requests that are otherwise equal, so that each is answered anew;
 *     part of the cache key, never sent to a provider; 0 for the usual one
 */
public record LmOptions(
    @Nullable Double temperature,
    @Nullable Integer maxTokens,
    @Nullable Double topP,
    List<String> stop,
    long rolloutId) {

  private static final LmOptions DEFAULTS = new LmOptions(null, null, null, List.of(), 0);

  /** Checks the ranges. */
  public LmOptions {
    stop = List.copyOf(stop);
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw InvalidInputException.of(
          "temperature (" + temperature + ") is not between 0 and 2", "use 0.7");
    }
    if (maxTokens != null && maxTokens < 1) {
      throw InvalidInputException.of(
          "maxTokens (" + maxTokens + ") is less than 1", "leave it out");
    }
    if (topP != null && !(topP > 0 && topP <= 1)) {
      throw InvalidInputException.of(
          "topP (" + topP + ") is not above 0 and at most 1", "leave it out");
    }
  }

  /** Everything left to the model, rollout 0. */
  public static LmOptions defaults() {
    return DEFAULTS;
  }

  /** A copy with another temperature. */
  public LmOptions withTemperature(@Nullable Double value) {
    return new LmOptions(value, maxTokens, topP, stop, rolloutId);
  }

  /** A copy with another limit on tokens. */
  public LmOptions withMaxTokens(@Nullable Integer value) {
    return new LmOptions(temperature, value, topP, stop, rolloutId);
  }

  /** A copy with another rollout id. */
  public LmOptions withRolloutId(long value) {
    return new LmOptions(temperature, maxTokens, topP, stop, value);
  }

  /** A builder that starts from these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** These options, but for what the others set. */
  public LmOptions mergedWith(LmOptions over) {
    if (over.equals(DEFAULTS)) {
      return this;
    }
    return new LmOptions(
        over.temperature == null ? temperature : over.temperature,
        over.maxTokens == null ? maxTokens : over.maxTokens,
        over.topP == null ? topP : over.topP,
        over.stop.isEmpty() ? stop : over.stop,
        over.rolloutId == 0 ? rolloutId : over.rolloutId);
  }

  /** Builds options. Not thread-safe. */
  public static final class Builder {
    private LmOptions options;

    private Builder(LmOptions options) {
      this.options = options;
    }

    /** Sets the temperature. */
    public Builder temperature(double value) {
      options = options.withTemperature(value);
      return this;
    }

    /** Sets the limit on tokens. */
    public Builder maxTokens(int value) {
      options = options.withMaxTokens(value);
      return this;
    }

    /** Sets the rollout id. */
    public Builder rolloutId(long value) {
      options = options.withRolloutId(value);
      return this;
    }

    /** Makes the options. */
    public LmOptions build() {
      return options;
    }
  }
}
