package dev.hone.lm;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a model offers natively. Immutable. */
public final class Capabilities {
  /** Plain text only. */
  public static final Capabilities TEXT = builder().build();

  /** Replies bound to a JSON schema as well as text. */
  public static final Capabilities JSON_SCHEMA = builder().jsonSchema(true).build();

  private final boolean jsonSchema;
  private final boolean toolCalls;
  private final boolean images;
  private final boolean reasoning;

  private Capabilities(Builder builder) {
    jsonSchema = builder.jsonSchema;
    toolCalls = builder.toolCalls;
    images = builder.images;
    reasoning = builder.reasoning;
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
        .reasoning(reasoning);
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Capabilities capabilities
        && capabilities.jsonSchema == jsonSchema
        && capabilities.toolCalls == toolCalls
        && capabilities.images == images
        && capabilities.reasoning == reasoning;
  }

  @Override
  public int hashCode() {
    return Objects.hash(jsonSchema, toolCalls, images, reasoning);
  }

  @Override
  public String toString() {
    return "Capabilities[jsonSchema=%s, toolCalls=%s, images=%s, reasoning=%s]"
        .formatted(jsonSchema, toolCalls, images, reasoning);
  }

  /** Builds capabilities. Not thread-safe. */
  public static final class Builder {
    private boolean jsonSchema;
    private boolean toolCalls;
    private boolean images;
    private boolean reasoning;

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

    /** Makes the capabilities. */
    public Capabilities build() {
      return new Capabilities(this);
    }
  }
}
