package dev.hone.data;

import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a dataset of the rows of a file in a format of its own, by the rules that hold for CSV and
 * JSON lines ({@link Columns}): columns become fields, others are carried along as extras, and all
 * bad rows are told at once. Not thread-safe.
 *
 * <pre>{@code
 * var builder = DatasetBuilder.of("export.xml", signature, Columns.asNamed());
 * int row = 0;
 * for (var element : elements) {
 *   builder.add(++row, Map.of("text", element.text(), "topic", element.topic()));
 * }
 * var dataset = builder.build();
 * }</pre>
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the labels
 */
public final class DatasetBuilder<I, O> {
  private final RowReader<I, O> rows;
  private final String unit;
  private final List<Example<I, O>> examples = new ArrayList<>();
  private final RowReader.RowFaults faults = new RowReader.RowFaults();
  private final Map<String, List<String>> namesByColumn = new LinkedHashMap<>();

  private DatasetBuilder(RowReader<I, O> rows, String unit) {
    this.rows = rows;
    this.unit = unit;
  }

  /**
   * A builder without rows, of a file whose places are counted in lines.
   *
   * @param source the name that errors call the file by
   * @throws dev.hone.InvalidInputException if the columns name a field that the signature lacks
   */
  public static <I, O> DatasetBuilder<I, O> of(
      String source, Signature<I, O> signature, Columns columns) {
    return new DatasetBuilder<>(new RowReader<>(source, signature, columns), "line");
  }

  /** As {@link #of}, of a file whose places are counted in rows. */
  public static <I, O> DatasetBuilder<I, O> ofRows(
      String source, Signature<I, O> signature, Columns columns) {
    return new DatasetBuilder<>(new RowReader<>(source, signature, columns), "row");
  }

  /**
   * Says that a column holds numbers for names, as data sets of the hub store labels: 0 is the
   * first name, and -1 none. It holds for the rows that are added afterwards.
   *
   * @param column the column
   * @param names the names, by number
   * @return this builder
   */
  public DatasetBuilder<I, O> classNames(String column, List<String> names) {
    namesByColumn.put(column, List.copyOf(names));
    return this;
  }

  /**
   * Adds a row. One that does not fit is kept for the error of {@link #build}.
   *
   * @param position its line or row, counted from 1
   * @param row the values by column: texts, numbers, lists, maps, records, enum constants, JSON
   */
  public void add(int position, Map<String, ?> row) {
    add(position, JsonValues.object(row));
  }

  /** As {@link #add(int, Map)}, of JSON. */
  public void add(int position, ObjectNode row) {
    example(position, row).ifPresent(examples::add);
  }

  private Optional<Example<I, O>> example(int position, ObjectNode row) {
    try {
      ObjectNode named = namesByColumn.isEmpty() ? row : row.deepCopy();
      namesByColumn.forEach((column, names) -> name(position, named, column, names));
      return Optional.of(rows.example(position, named));
    } catch (DatasetFormatException e) {
      faults.add(e.countedIn(unit));
      return Optional.empty();
    }
  }

  private void name(int position, ObjectNode row, String column, List<String> names) {
    JsonNode value = row.get(column);
    if (value == null || !value.isIntegralNumber()) {
      return;
    }
    int number = value.canConvertToInt() ? value.intValue() : Integer.MAX_VALUE;
    if (number == -1) {
      row.putNull(column);
    } else if (number >= 0 && number < names.size()) {
      row.put(column, names.get(number));
    } else {
      throw rows.fail(
          position,
          column,
          "%s: found %s, expected the number of one of the %d names %s. Maybe the names are those of another data set."
              .formatted(column, value, names.size(), Example.shortened(String.join(", ", names))));
    }
  }

  /**
   * Says what is wrong with a row, for the error of {@link #build}.
   *
   * @param position its line or row, counted from 1; 0 for the whole file
   * @param column the column or field at fault; empty if it is not one of them
   * @param problem what was found, what was expected, and a sentence that begins "Maybe"
   */
  public void addFault(int position, String column, String problem) {
    faults.add(rows.fail(position, column, problem).countedIn(unit));
  }

  /**
   * The dataset of the rows so far.
   *
   * @throws DatasetFormatException if rows are bad, the first 20 with their place and problem; or
   *     if there is no row
   */
  public Dataset<I, O> build() {
    faults.throwIfAny();
    return rows.dataset(examples);
  }
}
