package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.signature.Codec;
import tools.jackson.databind.node.ObjectNode;

/**
 * One labelled example.
 *
 * @param id the SHA-256 of its content: equal examples have equal ids, on every machine
 * @param input what a program is given
 * @param expected what it should return
 * @param <I> the type of the input
 * @param <O> the type of the label
 */
public record Example<I, O>(String id, I input, O expected) {

  /**
   * Makes an example of two records, or of two JSON objects.
   *
   * @throws InvalidInputException if a value is neither
   */
  public static <I, O> Example<I, O> of(I input, O expected) {
    ObjectNode content = Json.object();
    content.set("input", json(input));
    content.set("expected", json(expected));
    return new Example<>(Json.fingerprint(content), input, expected);
  }

  /** The input as JSON: a new object, or a copy where it is one. */
  public ObjectNode inputJson() {
    return json(input);
  }

  /** The label as JSON: a new object, or a copy where it is one. */
  public ObjectNode expectedJson() {
    return json(expected);
  }

  private static <T> ObjectNode json(T value) {
    if (value instanceof ObjectNode node) {
      return node.deepCopy();
    }
    if (value instanceof Record) {
      @SuppressWarnings("unchecked")
      Class<T> type = (Class<T>) value.getClass();
      return Codec.ofRecord(type).encode(value);
    }
    throw InvalidInputException.of(
        "An example holds a " + value.getClass().getName() + ", expected a record",
        "wrap the value in a record");
  }
}
