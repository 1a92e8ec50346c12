package dev.hone.lm;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tokens spent. Immutable. */
public final class LmUsage {
  /** Nothing spent. */
  public static final LmUsage NONE = builder().build();

  /** Something spent, the provider did not say what. */
  public static final LmUsage UNKNOWN = builder().known(false).build();

  private final long promptTokens;
  private final long completionTokens;
  private final long cachedPromptTokens;
  private final boolean known;

  private LmUsage(Builder builder) {
    promptTokens = builder.promptTokens;
    completionTokens = builder.completionTokens;
    cachedPromptTokens = builder.cachedPromptTokens;
    known = builder.known;
  }

  /** Tokens sent and received, as the provider reported them. */
  public static LmUsage of(long promptTokens, long completionTokens) {
    return builder().promptTokens(promptTokens).completionTokens(completionTokens).build();
  }

  /** A builder that starts from nothing spent, all of it known. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from this usage. */
  public Builder toBuilder() {
    return builder()
        .promptTokens(promptTokens)
        .completionTokens(completionTokens)
        .cachedPromptTokens(cachedPromptTokens)
        .known(known);
  }

  /** The tokens sent. */
  public long promptTokens() {
    return promptTokens;
  }

  /** The tokens received. */
  public long completionTokens() {
    return completionTokens;
  }

  /** Those of the tokens sent that the provider had in its own cache. */
  public long cachedPromptTokens() {
    return cachedPromptTokens;
  }

  /** Whether the provider reported all of it; if not, the numbers are lower bounds. */
  public boolean known() {
    return known;
  }

  /** Tokens sent and received together. */
  public long totalTokens() {
    return promptTokens + completionTokens;
  }

  /** The sum of both. */
  public LmUsage plus(LmUsage other) {
    return builder()
        .promptTokens(promptTokens + other.promptTokens)
        .completionTokens(completionTokens + other.completionTokens)
        .cachedPromptTokens(cachedPromptTokens + other.cachedPromptTokens)
        .known(known && other.known)
        .build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || other instanceof LmUsage usage
            && usage.promptTokens == promptTokens
            && usage.completionTokens == completionTokens
            && usage.cachedPromptTokens == cachedPromptTokens
            && usage.known == known;
  }

  @Override
  public int hashCode() {
    return Objects.hash(promptTokens, completionTokens, cachedPromptTokens, known);
  }

  @Override
  public String toString() {
    return "LmUsage[promptTokens=%d, completionTokens=%d, cachedPromptTokens=%d, known=%s]"
        .formatted(promptTokens, completionTokens, cachedPromptTokens, known);
  }

  /** Builds usages. Not thread-safe. */
  public static final class Builder {
    private long promptTokens;
    private long completionTokens;
    private long cachedPromptTokens;
    private boolean known = true;

    private Builder() {}

    /** Sets the tokens sent. */
    public Builder promptTokens(long value) {
      promptTokens = value;
      return this;
    }

    /** Sets the tokens received. */
    public Builder completionTokens(long value) {
      completionTokens = value;
      return this;
    }

    /** Sets those of the tokens sent that the provider had in its own cache. */
    public Builder cachedPromptTokens(long value) {
      cachedPromptTokens = value;
      return this;
    }

    /** Sets whether the provider reported all of it. */
    public Builder known(boolean value) {
      known = value;
      return this;
    }

    /** Makes the usage. */
    public LmUsage build() {
      return new LmUsage(this);
    }
  }
}
