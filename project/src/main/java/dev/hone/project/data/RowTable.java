package dev.hone.project.data;

import dev.hone.InvalidInputException;
import dev.hone.file.RecordReader;
import dev.hone.file.RecordReader.TextRecord;
import dev.hone.json.Json;
import dev.hone.text.CsvCells;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The rows of a file as they stand, by column, before anything is known of their types.
 *
 * @param columns the names of the columns, in the order in which they first occur
 * @param rows the rows
 * @param uneven the lines of rows that have not as many cells as the header, or are no JSON
 */
public record RowTable(List<String> columns, List<Row> rows, List<Integer> uneven) {
  private static final Pattern DECLARED =
      Pattern.compile("\"?sep=(.)\"?[,;\\t|]*", Pattern.CASE_INSENSITIVE);

  /** Copies the lists. */
  public RowTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    uneven = List.copyOf(uneven);
  }

  /**
   * A row.
   *
   * @param line the line at which it begins, counted from 1
   * @param values its values by column; cells of CSV are texts
   */
  public record Row(int line, ObjectNode values) {
    /** The text of a value; empty where there is none. */
    public String text(String column) {
      JsonNode value = values.get(column);
      return value == null || value.isNull()
          ? ""
          : value.isString() ? value.stringValue() : Json.write(value);
    }
  }

  /**
   * Reads the first rows of a file.
   *
   * @throws InvalidInputException if it cannot be read, or has no header
   */
  public static RowTable read(Path file, DataFormat format, int mostRows) {
    String text = format.source(file).text();
    return format.kind() == DataFormat.Kind.CSV
        ? ofCsv(file, format, text, mostRows)
        : ofJsonl(text, mostRows);
  }

  private static RowTable ofCsv(Path file, DataFormat format, String text, int mostRows) {
    List<CellRow> records = records(format, text, mostRows + 1);
    if (records.isEmpty()) {
      throw InvalidInputException.of(file + " has no row", "it was cut off, or is another file");
    }
    List<String> header = records.get(0).cells().stream().map(String::strip).toList();
    List<Row> rows = new ArrayList<>();
    List<Integer> uneven = new ArrayList<>();
    for (CellRow record : records.subList(1, records.size())) {
      List<String> cells = withoutEmptyEnd(record.cells(), header.size());
      if (cells.size() != header.size()) {
        uneven.add(record.line());
        continue;
      }
      ObjectNode values = Json.object();
      for (int i = 0; i < cells.size(); i++) {
        values.set(header.get(i), StringNode.valueOf(cells.get(i)));
      }
      rows.add(new Row(record.line(), values));
    }
    return new RowTable(header, rows, uneven);
  }

  private static RowTable ofJsonl(String text, int mostRows) {
    Set<String> columns = new LinkedHashSet<>();
    List<Row> rows = new ArrayList<>();
    List<Integer> uneven = new ArrayList<>();
    int line = 0;
    for (String one : text.split("\\R")) {
      line++;
      if (one.isBlank() || rows.size() >= mostRows) {
        continue;
      }
      Optional<ObjectNode> object = object(one);
      if (object.isEmpty()) {
        uneven.add(line);
        continue;
      }
      columns.addAll(object.get().propertyNames());
      rows.add(new Row(line, object.get()));
    }
    return new RowTable(List.copyOf(columns), rows, uneven);
  }

  private static Optional<ObjectNode> object(String line) {
    try {
      return Json.parse(line) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static List<String> withoutEmptyEnd(List<String> cells, int size) {
    int end = cells.size();
    while (end > size && cells.get(end - 1).isBlank()) {
      end--;
    }
    return cells.subList(0, end);
  }

  /** The separator that a first line such as {@code sep=;} declares. */
  static Optional<Character> declaredSeparator(String firstLine) {
    Matcher declared = DECLARED.matcher(firstLine.strip());
    return declared.matches() ? Optional.of(declared.group(1).charAt(0)) : Optional.empty();
  }

  private record CellRow(int line, List<String> cells) {}

  /** The cells of the first records of a text that has something in them. */
  static List<List<String>> cells(DataFormat format, String text, int most) {
    return records(format, text, most).stream().map(CellRow::cells).toList();
  }

  private static List<CellRow> records(DataFormat format, String text, int most) {
    List<CellRow> records = new ArrayList<>();
    CsvCells separated = new CsvCells(format.separator());
    boolean first = true;
    try (RecordReader reader = RecordReader.ofCsv(new StringReader(text))) {
      reader.separatedBy(format.separator());
      @Nullable TextRecord record = reader.next().orElse(null);
      while (record != null && records.size() < most) {
        boolean declares = first && declaredSeparator(record.text()).isPresent();
        first &= record.text().isBlank();
        List<String> cells = separated.texts(record.text());
        if (!declares && cells.stream().anyMatch(cell -> !cell.isBlank())) {
          records.add(new CellRow(record.line(), cells));
        }
        record = reader.next().orElse(null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }
}
