package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes examples of the rows of one file, and says what is wrong with a row. */
final class RowReader<I, O> {
  private final String source;
  private final Signature<I, O> signature;
  private final Columns columns;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  RowReader(String source, Signature<I, O> signature, Columns columns) {
    this.source = source;
    this.signature = signature;
    this.columns = columns;
    Stream.concat(signature.inputFields().stream(), signature.outputFields().stream())
        .forEach(field -> fields.put(field.name(), field));
    for (String field : columns.fieldByColumn().values()) {
      if (!fields.containsKey(field)) {
        throw InvalidInputException.of(
            "The columns name the field \"%s\", the signature has %s".formatted(field, names()),
            nearest(field).map(name -> "use \"" + name + "\"").orElse("use one of those"));
      }
    }
  }

  /**
   * Checks the names of the columns of a row or a header.
   *
   * @return the field of each column, in order; none for a column that is left out
   */
  List<Optional<Field>> match(int line, Collection<String> names) {
    requireKnown(line, names);
    requireSpelling(line, names);
    requireComplete(line, names);
    Map<String, String> columnByField = new LinkedHashMap<>();
    for (String column : names) {
      String field = columns.fieldOf(column);
      String other = fields.containsKey(field) ? columnByField.put(field, column) : null;
      if (other != null) {
        throw fail(
            line,
            column,
            other.equals(column)
                ? "there is the column \"%s\" twice. Maybe rename or remove one.".formatted(column)
                : ("the columns \"%s\" and \"%s\" are both the field \"%s\". Maybe rename or"
                        + " remove one.")
                    .formatted(other, column, field));
      }
    }
    return names.stream()
        .map(column -> Optional.ofNullable(fields.get(columns.fieldOf(column))))
        .toList();
  }

  private void requireKnown(int line, Collection<String> names) {
    List<String> unknown =
        columns.ignoreOthers()
            ? List.of()
            : names.stream().filter(name -> !fields.containsKey(columns.fieldOf(name))).toList();
    if (unknown.isEmpty()) {
      return;
    }
    String meant =
        unknown.stream()
            .map(name -> nearest(name).map(near -> "\"%s\" is \"%s\"".formatted(name, near)))
            .flatMap(Optional::stream)
            .map(text -> text + ", or ")
            .collect(Collectors.joining());
    throw fail(
        line,
        unknown.get(0),
        ("found %s, which the signature does not have; it has %s. Maybe %sleave such columns out"
                + " with Columns.asNamed().ignoringOthers().")
            .formatted(quoted(unknown), names(), meant));
  }

  /** A column that is left out must not be one of a missing field, misspelt. */
  private void requireSpelling(int line, Collection<String> names) {
    List<String> present = names.stream().map(columns::fieldOf).toList();
    for (String field : fields.keySet()) {
      String expected = columns.columnOf(field);
      if (!present.contains(field)) {
        names.stream()
            .filter(name -> !fields.containsKey(columns.fieldOf(name)))
            .filter(name -> NearestName.isMisspelt(name, expected))
            .findFirst()
            .ifPresent(
                name -> {
                  throw misspelt(line, name, expected, field);
                });
      }
    }
  }

  private DatasetFormatException misspelt(int line, String found, String expected, String field) {
    return fail(
        line,
        found,
        ("found the column \"%s\", and none for the field \"%s\". Maybe it is \"%s\" misspelt;"
                + " rename it, or say so with Columns.asNamed().with(\"%s\", \"%s\").")
            .formatted(found, field, expected, found, field));
  }

  private void requireComplete(int line, Collection<String> names) {
    List<String> present = names.stream().map(columns::fieldOf).toList();
    List<String> missing =
        fields.values().stream()
            .filter(field -> !(field.type() instanceof FieldType.OptionalOf))
            .map(Field::name)
            .filter(name -> !present.contains(name))
            .map(columns::columnOf)
            .toList();
    if (!missing.isEmpty()) {
      throw fail(
          line,
          missing.get(0),
          ("%s %s missing, found only %s. Maybe a column has another name; say so with"
                  + " Columns.asNamed().with(column, field).")
              .formatted(quoted(missing), missing.size() == 1 ? "is" : "are", quoted(names)));
    }
  }

  /**
   * Makes an example.
   *
   * @param values the values of the signature's fields by name; others are not looked at
   */
  Example<I, O> example(int line, ObjectNode values) {
    values
        .properties()
        .forEach(value -> requireNestedKeys(line, fields.get(value.getKey()), value.getValue()));
    try {
      ObjectNode inputs = Coercion.object(signature.inputFields(), values, "");
      ObjectNode outputs = Coercion.object(signature.outputFields(), values, "");
      return Example.of(signature.input().decode(inputs), signature.output().decode(outputs));
    } catch (TypeMismatchException e) {
      throw mismatch(line, e);
    }
  }

  /** A key of a nested record must be one of its fields, as a column must. */
  void requireNestedKeys(int line, @Nullable Field field, JsonNode value) {
    if (field == null) {
      return;
    }
    new NestedKeys(columns.ignoreOthers())
        .find(field.type(), value, field.name())
        .ifPresent(
            surplus -> {
              throw unknown(line, surplus);
            });
  }

  private DatasetFormatException unknown(int line, NestedKeys.Surplus surplus) {
    String key = surplus.key();
    String meant =
        NearestName.of(key, surplus.names())
            .map(near -> "\"%s\" is \"%s\", or ".formatted(key, near))
            .orElse("");
    return fail(
        line,
        surplus.path() + "." + key,
        ("%s: found the key \"%s\", which %s does not have; it has %s. Maybe %sleave such keys"
                + " out with Columns.asNamed().ignoringOthers().")
            .formatted(surplus.path(), key, surplus.type().name(), quoted(surplus.names()), meant));
  }

  DatasetFormatException mismatch(int line, TypeMismatchException error) {
    String problem = Objects.requireNonNullElse(error.getMessage(), "");
    String fix = LikelyValue.of(error).map(". Maybe write %s."::formatted).orElse("");
    return fail(line, error.path(), problem + fix);
  }

  DatasetFormatException fail(int line, String column, String problem) {
    return new DatasetFormatException(source, line, column, problem);
  }

  /** Makes the dataset, of at least one example. */
  Dataset<I, O> dataset(List<Example<I, O>> examples) {
    if (examples.isEmpty()) {
      throw fail(0, "", "the file holds no examples. Maybe it was cut off, or is another file.");
    }
    return Dataset.of(examples);
  }

  /** The fields' names with their types, for errors. */
  String names() {
    return quoted(fields.keySet());
  }

  private Optional<String> nearest(String name) {
    return NearestName.of(name, fields.keySet());
  }

  private static String quoted(Collection<String> names) {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }
}
