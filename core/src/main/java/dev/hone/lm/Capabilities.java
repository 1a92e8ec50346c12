package dev.hone.lm;

/**
 * What a model offers natively.
 *
 * @param jsonSchema whether replies can be bound to a JSON schema
 */
public record Capabilities(boolean jsonSchema) {
  /** Plain text only. */
  public static final Capabilities TEXT = new Capabilities(false);

  /** Replies bound to a JSON schema as well as text. */
  public static final Capabilities JSON_SCHEMA = new Capabilities(true);
}
