package dev.hone.data;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.RawText;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.data.cell.ListCell;
import dev.hone.file.RecordReader;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes examples of the rows of one file, and says what is wrong with a row. */
final class RowReader<I, O> {
  /** The longest cell, and the longest line of JSON; as long as the longest reply that is read. */
  static final int MAX_CHARS = RecordReader.MAX_CHARS;

  private final String source;
  private final Signature<I, O> signature;
  private final Columns columns;
  private final ColumnMatch match;

  RowReader(String source, Signature<I, O> signature, Columns columns) {
    this.source = source;
    this.signature = signature;
    this.columns = columns;
    this.match = new ColumnMatch(source, signature, columns);
  }

  /**
   * Checks the names of the columns of a row or a header.
   *
   * @return the field of each column, in order; empty for a column that is no field
   */
  List<Optional<Field>> match(int line, Collection<String> names) {
    return match.match(line, names);
  }

  /** Whether a column is a field. */
  boolean isField(String column) {
    return match.field(columns.fieldOf(column)) != null;
  }

  /** The columns that become extras, of all columns in order. */
  List<String> extraColumns(List<String> names) {
    return names.stream()
        .filter(name -> columns.keepsOthers() && !isField(name) && !Columns.isUnnamed(name))
        .toList();
  }

  /** Makes an example of an object whose keys are columns. */
  Example<I, O> example(int line, ObjectNode row) {
    List<Optional<Field>> fields = match(line, row.propertyNames());
    ObjectNode values = Json.object();
    Map<String, JsonNode> extras = new LinkedHashMap<>();
    int index = 0;
    for (var entry : row.properties()) {
      Optional<Field> field = fields.get(index++);
      if (field.isPresent()) {
        values.set(field.get().name(), read(line, field.get(), entry.getValue()));
      } else {
        keep(extras, entry.getKey(), entry.getValue());
      }
    }
    return example(line, values, extras);
  }

  /** A text with decimal points and dates of ISO 8601, where the columns say what it has. */
  String standard(Field field, String text) {
    return columns.cells().standard(field.type(), text);
  }

  /** What separates cells, where that is said. */
  Optional<Character> separator() {
    return columns.cells().separator();
  }

  /** A text that lists items as those items; any other value as it is. */
  JsonNode read(int line, Field field, JsonNode value) {
    if (!value.isString()) {
      return value;
    }
    String text = standard(field, value.stringValue());
    try {
      return ListCell.items(field.type(), text, field.name())
          .<JsonNode>map(items -> items)
          .orElseGet(() -> StringNode.valueOf(text));
    } catch (TypeMismatchException e) {
      throw mismatch(line, e);
    }
  }

  /** Adds a column that is no field to the extras, if those are kept and it has a name. */
  void keep(Map<String, JsonNode> extras, String column, JsonNode value) {
    if (columns.keepsOthers() && !Columns.isUnnamed(column)) {
      extras.put(column, value);
    }
  }

  /**
   * Makes an example.
   *
   * @param values the values of the signature's fields by name
   */
  Example<I, O> example(int line, ObjectNode values, Map<String, JsonNode> extras) {
    values
        .properties()
        .forEach(value -> requireNestedKeys(line, match.field(value.getKey()), value.getValue()));
    try {
      I input = signature.input().decode(Coercion.object(signature.inputFields(), values, ""));
      Example<I, O> example =
          hasLabel(values) ? Example.of(input, label(values)) : Example.unlabelled(input);
      return extras.isEmpty() ? example : example.withExtras(extras);
    } catch (TypeMismatchException e) {
      throw mismatch(line, e);
    }
  }

  private O label(ObjectNode values) {
    return signature.output().decode(Coercion.object(signature.outputFields(), values, ""));
  }

  private boolean hasLabel(ObjectNode values) {
    return !columns.isInputsOnly() && (!columns.allowsNoLabel() || hasLabelValue(values));
  }

  private boolean hasLabelValue(ObjectNode values) {
    return signature.outputFields().stream()
        .map(field -> values.get(field.name()))
        .anyMatch(value -> value != null && !isBlank(value));
  }

  private static boolean isBlank(JsonNode value) {
    return value.isNull() || (value.isString() && value.stringValue().isBlank());
  }

  /** Whether a field is one of the label that a row may lack. */
  boolean mayLack(Field field) {
    return columns.allowsNoLabel() && signature.outputFields().contains(field);
  }

  /** A key of a nested record must be one of its fields. */
  void requireNestedKeys(int line, @Nullable Field field, JsonNode value) {
    if (field == null) {
      return;
    }
    new NestedKeys(columns.ignoresOthers())
        .find(field.type(), value, field.name())
        .ifPresent(
            unknownKey -> {
              throw unknown(line, unknownKey);
            });
  }

  private DatasetFormatException unknown(int line, NestedKeys.UnknownKey unknownKey) {
    String key = ColumnMatch.shown(unknownKey.key());
    String meant =
        NearestName.of(unknownKey.key(), unknownKey.names())
            .map(near -> "\"%s\" is \"%s\", or ".formatted(key, near))
            .orElse("");
    return fail(
        line,
        unknownKey.path() + "." + key,
        ("%s: found the key \"%s\", which %s does not have; it has %s. Maybe %sleave such keys"
                + " out with Columns.asNamed().ignoringOthers().")
            .formatted(
                unknownKey.path(),
                key,
                unknownKey.type().name(),
                ColumnMatch.quoted(unknownKey.names()),
                meant));
  }

  DatasetFormatException mismatch(int line, TypeMismatchException error) {
    String problem = Objects.requireNonNullElse(error.getMessage(), "");
    String fix =
        error.foundText().map(String::strip).filter(RawText::isNothingInFiles).isPresent()
            ? ". Maybe the value is missing; fill it in, leave the row out, or let the field be absent."
            : LikelyValue.of(error).map(". Maybe write %s."::formatted).orElse("");
    return fail(line, error.path(), problem + fix);
  }

  /** Refuses a cell or a line that is longer than any value, before it is read as one. */
  void requireSize(int line, String column, String what, long chars, String fix) {
    if (chars > MAX_CHARS) {
      throw fail(
          line,
          column,
          String.format(
              Locale.ROOT,
              "%s: found %,d characters, expected at most %,d. Maybe %s.",
              what,
              chars,
              MAX_CHARS,
              fix));
    }
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

  /** The fields' names, for errors. */
  String names() {
    return match.names();
  }

  /** Collects what is wrong with the rows of a file, so that one attempt tells all of it. */
  static final class RowFaults {
    private static final int SHOWN = 20;

    private final List<DatasetFormatException> first = new ArrayList<>();
    private int count;

    /** Keeps the first ones, and counts the others. */
    void add(DatasetFormatException fault) {
      count++;
      if (first.size() < SHOWN) {
        first.add(fault);
      }
    }

    /**
     * Passes where there was none.
     *
     * @throws DatasetFormatException the first one, with the others in its message
     */
    void throwIfAny() {
      if (!first.isEmpty()) {
        throw DatasetFormatException.ofRows(first, count);
      }
    }
  }
}
