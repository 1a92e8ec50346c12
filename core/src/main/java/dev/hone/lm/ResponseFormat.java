package dev.hone.lm;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form that a reply must have. Only Hone adds kinds of forms, and more may come: match them by
 * a {@link Visitor}, which has a default, so that one more breaks nothing.
 */
public abstract class ResponseFormat {
  /** Any text. */
  public static final ResponseFormat TEXT = new Text();

  ResponseFormat() {}

  /**
   * A JSON object bound to a schema by the provider.
   *
   * @param name the schema's name: letters, digits and underscores
   * @param schema the JSON schema; never changed
   */
  public static JsonSchema jsonSchema(String name, ObjectNode schema) {
    return new JsonSchema(name, schema);
  }

  /** Returns what the visitor returns for this kind of format. */
  public abstract <R> R accept(Visitor<R> visitor);

  /**
   * Does one thing for each kind of form. A method that is not overridden does what {@link
   * #otherwise} does; so do kinds that later versions add.
   *
   * @param <R> what is made of a form
   */
  public interface Visitor<R> {
    /** The result for every kind of form that has no method of its own. */
    R otherwise(ResponseFormat format);

    /** The result for any text. Default: {@link #otherwise}. */
    default R visit(Text format) {
      return otherwise(format);
    }

    /** The result for a JSON object bound to a schema. Default: {@link #otherwise}. */
    default R visit(JsonSchema format) {
      return otherwise(format);
    }
  }

  /** Any text. */
  public static final class Text extends ResponseFormat {
    private Text() {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public String toString() {
      return "Text[]";
    }
  }

  /** A JSON object bound to a schema by the provider. */
  public static final class JsonSchema extends ResponseFormat {
    private final String name;
    private final ObjectNode schema;

    private JsonSchema(String name, ObjectNode schema) {
      this.name = name;
      this.schema = schema;
    }

    /** The schema's name: letters, digits and underscores. */
    public String name() {
      return name;
    }

    /** The JSON schema; never change it. */
    public ObjectNode schema() {
      return schema;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other == this
          || other instanceof JsonSchema format
              && format.name.equals(name)
              && format.schema.equals(schema);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, schema);
    }

    @Override
    public String toString() {
      return "JsonSchema[name=" + name + ", schema=" + schema + "]";
    }
  }
}
