package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.text.Excerpt;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One example: an input, mostly with its label, which is what a program should return for it; and
 * what else is known of it, its extras, which no model sees. Immutable and thread-safe.
 *
 * @param <I> the type of the input
 * @param <O> the type of the label
 */
public final class Example<I, O> {
  private static final int SHOWN_CHARS = 120;

  private final String id;
  private final I input;
  private final @Nullable O label;
  private final Map<String, JsonNode> extras;

  private Example(String id, I input, @Nullable O label, Map<String, JsonNode> extras) {
    this.id = id;
    this.input = input;
    this.label = label;
    this.extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
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
    return new Example<>(Json.fingerprint(content), input, expected, Map.of());
  }

  /**
   * Makes an example of one flat map: the signature's fields become input and label, other keys
   * become extras.
   *
   * @param values the values by name: texts, numbers, lists, maps, records, enum constants, JSON
   * @throws DatasetFormatException if a field is missing, or a value does not fit, or a key is
   *     nearly the name of a field that is missing
   * @throws InvalidInputException if the map is null
   */
  public static <I, O> Example<I, O> of(Map<String, ?> values, Signature<I, O> signature) {
    if (values == null) {
      throw InvalidInputException.of(
          "The values of an example are null, expected a map", "leave the example out");
    }
    return new RowReader<>("the values", signature, Columns.asNamed())
        .example(0, JsonValues.object(values));
  }

  /**
   * Makes an example without a label, of a record or a JSON object.
   *
   * @throws InvalidInputException as {@link #of(Object, Object)}
   */
  public static <I, O> Example<I, O> unlabelled(I input) {
    ObjectNode content = Json.object();
    content.set("input", json(input, "input"));
    return new Example<>(Json.fingerprint(content), input, null, Map.of());
  }

  /**
   * A copy with one more extra, or another value of it.
   *
   * @param value a text, number, list, map, record, enum constant or JSON
   */
  public Example<I, O> withExtra(String name, Object value) {
    Map<String, JsonNode> copy = new LinkedHashMap<>(extras);
    copy.put(name, JsonValues.of(value));
    return new Example<>(id, input, label, copy);
  }

  /** A copy that carries along what another example does; an extra of its own stays as it is. */
  public Example<I, O> withExtrasOf(Example<?, ?> other) {
    Map<String, JsonNode> all = new LinkedHashMap<>(other.extras);
    all.putAll(extras);
    return withExtras(all);
  }

  Example<I, O> withExtras(Map<String, JsonNode> values) {
    return new Example<>(id, input, label, values);
  }

  /**
   * The SHA-256 of its input and label: equal examples have equal ids, on every machine. Extras do
   * not count.
   */
  public String id() {
    return id;
  }

  /** What a program is given. */
  public I input() {
    return input;
  }

  /** Whether it has a label. */
  public boolean hasLabel() {
    return label != null;
  }

  /**
   * What a program should return.
   *
   * @throws InvalidInputException if it has no label
   */
  public O expected() {
    if (label == null) {
      throw InvalidInputException.of(
          "The %s has no label, and one was asked for".formatted(this),
          "use a metric that needs no label, or leave such examples out with labelled()");
    }
    return label;
  }

  /** The input as JSON: a new object, or a copy where it is one. */
  public ObjectNode inputJson() {
    return json(input, "input");
  }

  /**
   * The label as JSON: a new object, or a copy where it is one.
   *
   * @throws InvalidInputException if it has no label
   */
  public ObjectNode expectedJson() {
    return json(expected(), "label");
  }

  /**
   * What else is known of it under a name, such as a column of its file that is no field: a text as
   * it is, any other value as JSON. Empty if there is nothing of that name, or null.
   */
  public Optional<String> extra(String name) {
    return Optional.ofNullable(extras.get(name))
        .filter(value -> !value.isNull())
        .map(value -> value.isString() ? value.stringValue() : Json.write(value));
  }

  /** All that is known beside input and label, by name, in order; read-only. */
  public Map<String, JsonNode> extras() {
    return extras;
  }

  private static ObjectNode json(@Nullable Object value, String role) {
    if (value == null) {
      throw InvalidInputException.of(
          "An example's %s is null, expected a record or a JSON object".formatted(role),
          role.equals("label") ? "use Example.unlabelled(input)" : "leave the example out");
    }
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
    return label == null ? names(input) : names(input) + " -> " + names(label);
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

  /** Equal in input, label and extras. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Example<?, ?> example
        && id.equals(example.id)
        && input.equals(example.input)
        && Objects.equals(label, example.label)
        && extras.equals(example.extras);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** One line with the beginnings of both values, such as {@code Example[Text[…] -> Label[…]]}. */
  @Override
  public String toString() {
    String given = shortened(String.valueOf(input));
    return label == null
        ? "Example[" + given + "]"
        : "Example[" + given + " -> " + shortened(String.valueOf(label)) + "]";
  }

  /** A text for a message: the beginning of it, on one line. */
  static String shortened(String text) {
    return Excerpt.ofLine(text, SHOWN_CHARS);
  }
}
