package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.text.Excerpt;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  private static final int SHOWN_CHARS = 120;

  /** Checks that there is an input and a label. */
  public Example {
    requireValue(input, "input");
    requireValue(expected, "label");
  }

  private static void requireValue(@Nullable Object value, String role) {
    if (value == null) {
      throw InvalidInputException.of(
          "An example's %s is null, expected a record or a JSON object".formatted(role),
          "leave the example out");
    }
  }

  /**
   * Makes an example of two records, or of two JSON objects.
   *
   * @throws InvalidInputException if a value is neither, or a record has null in a component that
   *     is not optional
   */
  public static <I, O> Example<I, O> of(I input, O expected) {
    ObjectNode content = Json.object();
    content.set("input", json(input, "input"));
    content.set("expected", json(expected, "label"));
    return new Example<>(Json.fingerprint(content), input, expected);
  }

  /** The input as JSON: a new object, or a copy where it is one. */
  public ObjectNode inputJson() {
    return json(input, "input");
  }

  /** The label as JSON: a new object, or a copy where it is one. */
  public ObjectNode expectedJson() {
    return json(expected, "label");
  }

  private static ObjectNode json(Object value, String role) {
    requireValue(value, role);
    return Codec.toCompleteJson(value, role + " of an example")
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "The %s of an example is a %s, expected a record"
                        .formatted(role, value.getClass().getName()),
                    "wrap the value in a record"));
  }

  /** The names of the fields on both sides. */
  String shape() {
    return names(input) + " -> " + names(expected);
  }

  private static <T> String names(T value) {
    if (value instanceof ObjectNode node) {
      return String.join(", ", node.propertyNames());
    }
    return value instanceof Record
        ? Arrays.stream(value.getClass().getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.joining(", "))
        : value.getClass().getSimpleName();
  }

  /** One line with the beginnings of both values, such as {@code Example[Text[…] -> Label[…]]}. */
  @Override
  public String toString() {
    return "Example["
        + shortened(String.valueOf(input))
        + " -> "
        + shortened(String.valueOf(expected))
        + "]";
  }

  /** A text for a message: the beginning of it, on one line. */
  static String shortened(String text) {
    return Excerpt.ofLine(text, SHOWN_CHARS);
  }
}
