package dev.hone.lm;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a reply is to be generated. What is not set is left to the model. Immutable; made by {@code
 * LmOptions.builder().temperature(0.7).build()}.
 */
public final class LmOptions {
  private static final LmOptions DEFAULTS = builder().build();

  private final @Nullable Double temperature;
  private final @Nullable Integer maxTokens;
  private final @Nullable Double topP;
  private final List<String> stop;
  private final long rolloutId;

  private LmOptions(Builder builder) {
    temperature = builder.temperature;
    maxTokens = builder.maxTokens;
    topP = builder.topP;
    stop = builder.stop;
    rolloutId = builder.rolloutId;
  }

  /** Everything left to the model, rollout 0. */
  public static LmOptions defaults() {
    return DEFAULTS;
  }

  /** A builder in which nothing is set. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.temperature = temperature;
    builder.maxTokens = maxTokens;
    builder.topP = topP;
    builder.stop = stop;
    builder.rolloutId = rolloutId;
    return builder;
  }

  /** The sampling temperature, 0 to 2; null if it is left to the model. */
  public @Nullable Double temperature() {
    return temperature;
  }

  /** The most tokens a reply may have, at least 1; null if it is left to the model. */
  public @Nullable Integer maxTokens() {
    return maxTokens;
  }

  /**
   * The probability mass to sample from (nucleus sampling), above 0 and at most 1; null if it is
   * left to the model.
   */
  public @Nullable Double topP() {
    return topP;
  }

  /** The texts at which the reply ends; may be empty. */
  public List<String> stop() {
    return stop;
  }

  /**
   * Distinguishes requests that are otherwise equal, so that each is answered anew; part of the
   * cache key, never sent to a provider; 0 for the usual one.
   */
  public long rolloutId() {
    return rolloutId;
  }

  /** A copy with some changes, as in {@code options.with(o -> o.temperature(0.0))}. */
  public LmOptions with(UnaryOperator<Builder> change) {
    return change.apply(toBuilder()).build();
  }

  /** A copy with another temperature; null leaves it to the model. */
  public LmOptions withTemperature(@Nullable Double value) {
    return toBuilder().temperature(value).build();
  }

  /** A copy with another limit on tokens; null leaves it to the model. */
  public LmOptions withMaxTokens(@Nullable Integer value) {
    return toBuilder().maxTokens(value).build();
  }

  /** A copy with another rollout id. */
  public LmOptions withRolloutId(long value) {
    return toBuilder().rolloutId(value).build();
  }

  /**
   * These options under others: what the others set wins, what they leave open stays. No stop texts
   * and the rollout id 0 count as left open.
   */
  public LmOptions mergedWith(LmOptions over) {
    if (over.equals(DEFAULTS)) {
      return this;
    }
    Builder merged = toBuilder();
    merged.temperature = over.temperature == null ? temperature : over.temperature;
    merged.maxTokens = over.maxTokens == null ? maxTokens : over.maxTokens;
    merged.topP = over.topP == null ? topP : over.topP;
    merged.stop = over.stop.isEmpty() ? stop : over.stop;
    merged.rolloutId = over.rolloutId == 0 ? rolloutId : over.rolloutId;
    return merged.build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || other instanceof LmOptions options
            && Objects.equals(options.temperature, temperature)
            && Objects.equals(options.maxTokens, maxTokens)
            && Objects.equals(options.topP, topP)
            && options.stop.equals(stop)
            && options.rolloutId == rolloutId;
  }

  @Override
  public int hashCode() {
    return Objects.hash(temperature, maxTokens, topP, stop, rolloutId);
  }

  @Override
  public String toString() {
    return "LmOptions[temperature=%s, maxTokens=%s, topP=%s, stop=%s, rolloutId=%d]"
        .formatted(temperature, maxTokens, topP, stop, rolloutId);
  }

  /** Builds options. Not thread-safe. */
  public static final class Builder {
    private @Nullable Double temperature;
    private @Nullable Integer maxTokens;
    private @Nullable Double topP;
    private List<String> stop = List.of();
    private long rolloutId;

    private Builder() {}

    /**
     * Sets the sampling temperature; null leaves it to the model.
     *
     * @throws InvalidInputException if it is not between 0 and 2
     */
    public Builder temperature(@Nullable Double value) {
      SettingCheck.between("temperature", value, 0, 2, 0.7);
      temperature = value;
      return this;
    }

    /** Sets the sampling temperature to a whole number, 0 to 2. */
    public Builder temperature(int value) {
      return temperature(Double.valueOf(value));
    }

    /**
     * Sets the most tokens a reply may have; null leaves it to the model.
     *
     * @throws InvalidInputException if it is less than 1
     */
    public Builder maxTokens(@Nullable Integer value) {
      if (value != null && value < 1) {
        throw InvalidInputException.of("maxTokens (" + value + ") is less than 1", "leave it out");
      }
      maxTokens = value;
      return this;
    }

    /**
     * Sets the probability mass to sample from; null leaves it to the model.
     *
     * @throws InvalidInputException if it is not above 0 and at most 1
     */
    public Builder topP(@Nullable Double value) {
      if (value != null && !(value > 0 && value <= 1)) {
        throw InvalidInputException.of(
            "topP (" + value + ") is not above 0 and at most 1", "leave it out");
      }
      topP = value;
      return this;
    }

    /** Sets the texts at which the reply ends. */
    public Builder stop(String... values) {
      return stop(List.of(values));
    }

    /** Sets the texts at which the reply ends. */
    public Builder stop(List<String> values) {
      stop = List.copyOf(values);
      return this;
    }

    /** Sets what distinguishes requests that are otherwise equal; 0 for the usual one. */
    public Builder rolloutId(long value) {
      rolloutId = value;
      return this;
    }

    /** Makes the options. */
    public LmOptions build() {
      return new LmOptions(this);
    }
  }
}
