package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.coerce.JavaValues;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.type.Field;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts the values of one side of a signature between Java and JSON. Thread-safe.
 *
 * @param <T> the Java type
 */
public interface Codec<T> {
  /** The fields of the JSON objects, in order. */
  List<Field> fields();

  /** Writes a value as a new JSON object with exactly these fields; null becomes JSON null. */
  ObjectNode encode(T value);

  /**
   * Writes a value as {@link #encode} does, and refuses one that is null or has null where its type
   * does not allow it. A component of type {@code Optional} that is null counts as empty.
   *
   * @param role what the value is for, such as {@code input of question -> answer}; for errors
   * @throws InvalidInputException if there is a null, naming the path to it, or the value does not
   *     fit the fields
   */
  default ObjectNode encodeComplete(T value, String role) {
    if (value == null) {
      throw InvalidInputException.of(
          "The %s is null, expected a %s".formatted(role, this), "pass one");
    }
    try {
      ObjectNode node = encode(value);
      String owner = value instanceof Record ? value.getClass().getSimpleName() : "";
      NullCheck.require(role, owner, fields(), node);
      return node;
    } catch (TypeMismatchException e) {
      throw new InvalidInputException(
          "The %s does not fit: %s. Maybe give it all of %s."
              .formatted(role, e.getMessage(), fields().stream().map(Field::name).toList()),
          e);
    }
  }

  /**
   * Reads a value.
   *
   * @param node an object whose values already have their fields' types
   * @throws TypeMismatchException if a value is missing or does not fit its type
   */
  T decode(ObjectNode node);

  /**
   * Reads one field's value.
   *
   * @param field one of {@link #fields}
   * @param value a value of its type
   * @return what the value holds for it, such as a record's component; plain Java values where it
   *     is JSON itself; null only for an absent one that is no {@code Optional}
   * @throws TypeMismatchException if the value does not fit the Java type
   */
  default @Nullable Object decodeField(Field field, JsonNode value) {
    return JavaValues.ofJson(field.type(), value);
  }

  /** The codec of a record class, found by its components. Cached per class. */
  static <T> Codec<T> ofRecord(Class<T> type) {
    return RecordCodec.of(type);
  }

  /**
   * The codec of a method's arguments, found by its parameters, in their order; none is ever null.
   *
   * @throws InvalidInputException if a parameter has a type that a signature cannot carry, or has
   *     no name, see {@link Argument}; or the method takes any number of arguments
   */
  static Codec<Object[]> ofParameters(Executable method) {
    return ParameterCodec.of(method);
  }

  /** The codec of a record's class. */
  @SuppressWarnings("unchecked")
  private static <T> Codec<T> of(T value) {
    return ofRecord((Class<T>) value.getClass());
  }

  /**
   * The JSON of a record, as {@link #encode} writes it, or a JSON object itself; empty for a value
   * that is neither.
   */
  static Optional<ObjectNode> toJson(Object value) {
    if (value instanceof ObjectNode node) {
      return Optional.of(node);
    }
    return value instanceof Record ? Optional.of(of(value).encode(value)) : Optional.empty();
  }

  /**
   * The JSON of a record, as {@link #encodeComplete} writes it, or a copy of a JSON object; empty
   * for a value that is neither.
   *
   * @param role what the value is for; for errors
   * @throws InvalidInputException if a record has a null where its type does not allow it
   */
  static Optional<ObjectNode> toCompleteJson(Object value, String role) {
    if (value instanceof ObjectNode node) {
      return Optional.of(node.deepCopy());
    }
    return value instanceof Record
        ? Optional.of(of(value).encodeComplete(value, role))
        : Optional.empty();
  }

  /** The codec of plain JSON objects with given fields. */
  static Codec<ObjectNode> ofJson(List<Field> fields) {
    return new JsonCodec(fields);
  }
}
