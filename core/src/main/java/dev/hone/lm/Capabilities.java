package dev.hone.lm;

import org.jspecify.annotations.Nullable;

/** What a model offers natively. Immutable. */
public final class Capabilities {
  /** Plain text only. */
  public static final Capabilities TEXT = builder().build();

  /** Replies bound to a JSON schema as well as text. */
  public static final Capabilities JSON_SCHEMA = builder().jsonSchema(true).build();

  private final boolean jsonSchema;

  private Capabilities(Builder builder) {
    jsonSchema = builder.jsonSchema;
  }

  /** A builder that starts from plain text only. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these capabilities. */
  public Builder toBuilder() {
    return builder().jsonSchema(jsonSchema);
  }

  /** Whether replies can be bound to a JSON schema. */
  public boolean jsonSchema() {
    return jsonSchema;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Capabilities capabilities && capabilities.jsonSchema == jsonSchema;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(jsonSchema);
  }

  @Override
  public String toString() {
    return "Capabilities[jsonSchema=" + jsonSchema + "]";
  }

  /** Builds capabilities. Not thread-safe. */
  public static final class Builder {
    private boolean jsonSchema;

    private Builder() {}

    /** Sets whether replies can be bound to a JSON schema. */
    public Builder jsonSchema(boolean value) {
      jsonSchema = value;
      return this;
    }

    /** Makes the capabilities. */
    public Capabilities build() {
      return new Capabilities(this);
    }
  }
}
