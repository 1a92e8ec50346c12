package dev.hone.lm;

import dev.hone.InvalidInputException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
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
  private final Set<String> files;

  private Capabilities(Builder builder) {
    jsonSchema = builder.jsonSchema;
    toolCalls = builder.toolCalls;
    images = builder.images;
    reasoning = builder.reasoning;
    temperature = builder.temperature;
    logProbabilities = builder.logProbabilities;
    contextTokens = builder.contextTokens;
    files = builder.files;
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
        .contextTokens(contextTokens)
        .files(files);
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

  /**
   * The media types of the files that messages may have, such as {@code application/pdf} or, for
   * all of a kind, {@code audio/*}; in the order of the alphabet. Default: none.
   */
  public Set<String> files() {
    return files;
  }

  /** Whether messages may have files of a media type, such as {@code audio/wav}. */
  public boolean takes(String mediaType) {
    return files.contains(mediaType)
        || files.contains(mediaType.substring(0, mediaType.indexOf('/') + 1) + "*");
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
        && capabilities.contextTokens == contextTokens
        && capabilities.files.equals(files);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        jsonSchema,
        toolCalls,
        images,
        reasoning,
        temperature,
        logProbabilities,
        contextTokens,
        files);
  }

  /** What is usual, such as taking a temperature, is not said. */
  @Override
  public String toString() {
    return "Capabilities[jsonSchema=%s, toolCalls=%s, images=%s, reasoning=%s%s%s%s%s]"
        .formatted(
            jsonSchema,
            toolCalls,
            images,
            reasoning,
            temperature ? "" : ", temperature=false",
            logProbabilities ? ", logProbabilities=true" : "",
            contextTokens == 0 ? "" : ", contextTokens=" + contextTokens,
            files.isEmpty() ? "" : ", files=" + files);
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
    private Set<String> files = Set.of();

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

    /**
     * Sets the media types of the files that messages may have, such as {@code application/pdf} or
     * {@code audio/*}. Default: none.
     *
     * @throws InvalidInputException if one is no media type
     */
    public Builder files(Collection<String> mediaTypes) {
      for (String type : mediaTypes) {
        if (!type.matches("[a-z]+/([\\w.+-]+|\\*)")) {
          throw InvalidInputException.of(
              "The files have the media type (%s), expected TYPE/SUBTYPE".formatted(type),
              "use application/pdf or audio/*");
        }
      }
      files = Collections.unmodifiableSet(new TreeSet<>(mediaTypes));
      return this;
    }

    /** Sets the media types of files, as {@link #files(Collection)}. */
    public Builder files(String... mediaTypes) {
      return files(List.of(mediaTypes));
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
