package dev.hone.adapter.partial;

import dev.hone.context.ContextKey;
import dev.hone.signature.Signature;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the fields of all predictors that run under a context, and under those bound within, while
 * they arrive. Thread-safe: a program may run predictors beside each other.
 */
public interface FieldSink {
  /** Binds one to a context. */
  ContextKey<FieldSink> KEY = ContextKey.carried("field-sink");

  /**
   * A predictor is about to be called.
   *
   * @param predictor its name in the program that runs; empty if it has none
   */
  Call begin(String predictor, Signature<?, ?> signature);

  /** Takes the fields of one call of a predictor. Used on one thread. */
  interface Call {
    /** The next stretch of a text. */
    void text(String field, String delta);

    /** A whole value of any other type, or an absent text, which is null. */
    void value(String field, JsonNode value);

    /** What was shown of some fields does not hold; they begin anew. */
    void withdrawn(List<String> fields);

    /** The call has ended with these outputs, which are what was shown. */
    void finished(ObjectNode outputs);
  }
}
