package dev.hone.lm;

import dev.hone.InvalidInputException;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a model offers natively, as far as it is known. Immutable. */
public final class Capabilities {
  /** Plain text only. */
  public static final Capabilities TEXT = builder().build();

  /** Replies bound to a JSON schema as well as text. */
  public static final Capabilities JSON_SCHEMA = builder().jsonSchema(true).build();

  private final boolean jsonSchema;
  private final boolean toolCalls;
  private final boolean images;
  private final boolean reasoning;
  private final boolean temperature;
  private final boolean logProbabilities;
  private final int contextTokens;

  private Capabilities(Builder builder) {
    jsonSchema = builder.jsonSchema;
    toolCalls = builder.toolCalls;
    images = builder.images;
    reasoning = builder.reasoning;
    temperature = builder.temperature;
    logProbabilities = builder.logProbabilities;
    contextTokens = builder.contextTokens;
  }

  /** A builder that starts from plain text only. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these capabilities. */
  public Builder toBuilder() {
    return builder()
        .jsonSchema(jsonSchema)
        .toolCalls(toolCalls)
        .images(images)
        .reasoning(reasoning)
        .temperature(temperature)
        .logProbabilities(logProbabilities)
        .contextTokens(contextTokens);
  }

  /** Whether replies can be bound to a JSON schema. */
  public boolean jsonSchema() {
    return jsonSchema;
  }

  /** Whether the model calls tools by parts of its replies, rather than by text. */
  public boolean toolCalls() {
    return toolCalls;
  }

  /** Whether messages may have images. */
  public boolean images() {
    return images;
  }

  /** Whether the model thinks by itself, and its thoughts come back beside the reply's text. */
  public boolean reasoning() {
    return reasoning;
  }

  /**
   * Whether the model takes a sampling temperature; some that think by themselves refuse it.
   * Default: yes.
   */
  public boolean temperature() {
    return temperature;
  }

  /** Whether the provider can tell the probabilities of a reply's tokens. Default: no. */
  public boolean logProbabilities() {
    return logProbabilities;
  }

  /** The most tokens of prompt and reply together; empty if that is not known. */
  public OptionalInt contextTokens() {
    return contextTokens == 0 ? OptionalInt.empty() : OptionalInt.of(contextTokens);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Capabilities capabilities
        && capabilities.jsonSchema == jsonSchema
        && capabilities.toolCalls == toolCalls
        && capabilities.images == images
        && capabilities.reasoning == reasoning
        && capabilities.temperature == temperature
        && capabilities.logProbabilities == logProbabilities
        && capabilities.contextTokens == contextTokens;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        jsonSchema, toolCalls, images, reasoning, temperature, logProbabilities, contextTokens);
  }

  /** What is usual, such as taking a temperature, is not said. */
  @Override
  public String toString() {
    return "Capabilities[jsonSchema=%s, toolCalls=%s, images=%s, reasoning=%s%s%s%s]"
        .formatted(
            jsonSchema,
            toolCalls,
            images,
            reasoning,
            temperature ? "" : ", temperature=false",
            logProbabilities ? ", logProbabilities=true" : "",
            contextTokens == 0 ? "" : ", contextTokens=" + contextTokens);
  }

  /** Builds capabilities. Not thread-safe. */
  public static final class Builder {
    private boolean jsonSchema;
    private boolean toolCalls;
    private boolean images;
    private boolean reasoning;
    private boolean temperature = true;
    private boolean logProbabilities;
    private int contextTokens;

    private Builder() {}

    /** Sets whether replies can be bound to a JSON schema. */
    public Builder jsonSchema(boolean value) {
      jsonSchema = value;
      return this;
    }

    /** Sets whether the model calls tools by parts of its replies. */
    public Builder toolCalls(boolean value) {
      toolCalls = value;
      return this;
    }

    /** Sets whether messages may have images. */
    public Builder images(boolean value) {
      images = value;
      return this;
    }

    /** Sets whether the model's own thoughts come back beside the reply's text. */
    public Builder reasoning(boolean value) {
      reasoning = value;
      return this;
    }

    /** Sets whether the model takes a sampling temperature. Default: yes. */
    public Builder temperature(boolean value) {
      temperature = value;
      return this;
    }

    /** Sets whether the provider can tell the probabilities of a reply's tokens. Default: no. */
    public Builder logProbabilities(boolean value) {
      logProbabilities = value;
      return this;
    }

    /**
     * Sets the most tokens of prompt and reply together. Default: 0, for not known.
     *
     * @throws InvalidInputException if it is less than 0
     */
    public Builder contextTokens(int value) {
      if (value < 0) {
        throw InvalidInputException.of(
            "contextTokens (" + value + ") is less than 0", "use 0 where it is not known");
      }
      contextTokens = value;
      return this;
    }

    /** Makes the capabilities. */
    public Capabilities build() {
      return new Capabilities(this);
    }
  }
}
