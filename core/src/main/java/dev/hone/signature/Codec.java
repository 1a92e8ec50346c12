package dev.hone.signature;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries values of one side of a signature between Java and JSON. Thread-safe.
 *
 * @param <T> the Java type
 */
public interface Codec<T> {
  /** The fields of the JSON objects, in order. */
  List<Field> fields();

  /** Writes a value as a new JSON object with exactly these fields. */
  ObjectNode encode(T value);

  /**
   * Reads a value.
   *
   * @param node an object whose values have already been brought to their fields' types
   * @throws TypeMismatchException if a value is missing or does not fit its type
   */
  T decode(ObjectNode node);

  /** The codec of a record class, found by its components. Cached per class. */
  static <T> Codec<T> ofRecord(Class<T> type) {
    return RecordCodec.of(type);
  }

  /** The codec of plain JSON objects with given fields. */
  static Codec<ObjectNode> ofJson(List<Field> fields) {
    return new JsonCodec(fields);
  }
}
