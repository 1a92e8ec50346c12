package dev.hone.data;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.data.cell.CsvDialect;
import dev.hone.file.RecordReader;
import dev.hone.file.RecordReader.TextRecord;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Reads CSV as RFC 4180 defines it: a header, commas, quotes doubled inside quotes. Differs from it
 * in spaces and tabs around a cell: they are dropped, since many files have them after their
 * commas. What is inside quotes stays as it is. Also read is what spreadsheets and data frames
 * write ({@link CsvDialect}): other separators, empty rows and columns, {@code ="007"}, words for
 * nothing.
 */
final class CsvReader<I, O> implements RowStream.RowFormat<I, O> {
  private static final ObjectReader CSV =
      CsvMapper.builder()
          .enable(
              CsvReadFeature.WRAP_AS_ARRAY,
              CsvReadFeature.SKIP_EMPTY_LINES,
              CsvReadFeature.TRIM_SPACES)
          .build()
          .reader();

  private static final Pattern RULE = Pattern.compile("\\s*:?-{2,}:?\\s*");

  private final RowReader<I, O> rows;
  private @Nullable RecordReader records;
  private @Nullable CsvDialect dialect;
  private ObjectReader csv = CSV;
  private @Nullable Header header;
  private boolean anyRow;

  CsvReader(Source source, Signature<I, O> signature, Columns columns) {
    this.rows = new RowReader<>(source.name(), signature, columns);
  }

  /** The cells of one row, and the line at which it begins. */
  private record Row(int line, List<String> cells) {}

  /** The columns' names, with the field of each. */
  private record Header(List<String> names, List<Optional<Field>> fields) {}

  @Override
  public RowReader<I, O> rows() {
    return rows;
  }

  @Override
  public RecordReader records(Reader text) {
    records = RecordReader.ofCsv(text);
    return records;
  }

  @Override
  public Optional<Example<I, O>> example(TextRecord record) {
    CsvDialect known = dialect;
    if (known == null) {
      begin(record);
      return Optional.empty();
    }
    Optional<Row> row = row(record);
    if (row.isEmpty() || isEmpty(row.get())) {
      return Optional.empty();
    }
    Header columns = header;
    if (columns == null) {
      List<String> names = row.get().cells().stream().map(String::strip).toList();
      header = new Header(names, rows.match(row.get().line(), names));
      return Optional.empty();
    }
    boolean rule = !anyRow && isRule(row.get());
    anyRow |= !rule;
    return rule
        ? Optional.empty()
        : Optional.of(example(withoutEmptyEnd(row.get(), columns.names().size()), columns, known));
  }

  @Override
  public boolean isBegun() {
    return header != null;
  }

  @Override
  public List<String> extraColumns() {
    return header == null ? List.of() : rows.extraColumns(header.names());
  }

  /** Takes the first record: what is between cells, or the header, in which that shows. */
  private void begin(TextRecord record) {
    if (record.text().isBlank()) {
      return;
    }
    CsvDialect found = CsvDialect.of(record.text(), rows::isField, rows.separator());
    dialect = found;
    csv = CSV.with(CsvSchema.emptySchema().withColumnSeparator(found.separator()));
    Objects.requireNonNull(records).separatedBy(found.separator());
    if (!found.declared()) {
      example(record);
    }
  }

  /** Whether a row is one of those without any cell that spreadsheets leave behind. */
  private static boolean isEmpty(Row row) {
    return row.cells().size() > 1 && row.cells().stream().allMatch(String::isBlank);
  }

  /** Whether a row is the line under the header of a table in Markdown or of a database's shell. */
  private static boolean isRule(Row row) {
    List<String> filled = row.cells().stream().filter(cell -> !cell.isBlank()).toList();
    return filled.size() > 1 && filled.stream().allMatch(cell -> RULE.matcher(cell).matches());
  }

  private static Row withoutEmptyEnd(Row row, int size) {
    int end = row.cells().size();
    while (end > size && row.cells().get(end - 1).isBlank()) {
      end--;
    }
    return new Row(row.line(), row.cells().subList(0, end));
  }

  private Optional<Row> row(TextRecord record) {
    requireClosed(record);
    List<String> cells = new ArrayList<>();
    int linesBefore = record.line() - 1;
    try (JsonParser parser = csv.createParser(record.text())) {
      parser.nextToken();
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        cells.add(CsvDialect.plain(parser.getString()));
      }
      return Optional.of(new Row(record.line(), cells));
    } catch (JacksonException e) {
      String after =
          cells.isEmpty() ? "after line " + linesBefore : "that begins in line " + record.line();
      throw notCsv(
          linesBefore + e.getLocation().getLineNr(),
          "column %d: the row %s".formatted(e.getLocation().getColumnNr(), after),
          e.getOriginalMessage());
    }
  }

  private void requireClosed(TextRecord record) {
    if (record.open()) {
      throw notCsv(
          record.line(),
          "the row after line " + (record.line() - 1),
          "no quote closes one that it opens");
    }
    if (record.chars() > record.text().length()) {
      throw rows.fail(
          record.line(),
          "",
          "found a row of %d characters, expected at most %d. Maybe a line end is missing."
              .formatted(record.chars(), record.text().length()));
    }
  }

  private DatasetFormatException notCsv(int line, String row, String problem) {
    return rows.fail(
        line,
        "",
        ("%s is not CSV: %s. Maybe a quote is missing, or one inside a quoted cell is not"
                + " doubled.")
            .formatted(row, problem));
  }

  private void requireCells(Row row, List<String> names) {
    List<String> cells = row.cells();
    if (cells.size() != names.size()) {
      throw rows.fail(
          row.line(),
          "",
          "found %s, expected %d as in the header. Maybe %s."
              .formatted(
                  Plural.of(cells.size(), "cell"),
                  names.size(),
                  cells.size() > names.size()
                      ? "a cell has a comma; put it in double quotes"
                      : "the line was cut off"));
    }
  }

  private void requireSizes(int line, List<String> cells, List<String> names) {
    for (int i = 0; i < cells.size(); i++) {
      rows.requireSize(
          line,
          names.get(i),
          names.get(i),
          cells.get(i).length(),
          "the quote that ends the cell is missing, or cut the text");
    }
  }

  private Example<I, O> example(Row row, Header columns, CsvDialect known) {
    List<String> names = columns.names();
    List<Optional<Field>> fields = columns.fields();
    requireCells(row, names);
    List<String> cells = row.cells();
    requireSizes(row.line(), cells, names);
    boolean labelled = hasLabel(cells, fields);
    ObjectNode values = Json.object();
    Map<String, JsonNode> extras = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      Optional<Field> field = fields.get(i);
      if (field.isEmpty()) {
        rows.keep(extras, names.get(i), StringNode.valueOf(cells.get(i)));
      } else if (labelled || !rows.mayLack(field.get())) {
        put(known, values, row.line(), field.get(), cells.get(i));
      }
    }
    return rows.example(row.line(), values, extras);
  }

  /** Whether any cell of a label that may be lacking is filled. */
  private boolean hasLabel(List<String> cells, List<Optional<Field>> fields) {
    return IntStream.range(0, cells.size())
        .filter(i -> fields.get(i).filter(rows::mayLack).isPresent())
        .anyMatch(i -> !isAbsent(fields.get(i), cells.get(i)));
  }

  /** A text may be any of the words that else say that there is none. */
  private static boolean isAbsent(Optional<Field> field, String cell) {
    return cell.isBlank()
        || field
            .map(Field::type)
            .filter(type -> !(type instanceof FieldType.Text))
            .filter(type -> CsvDialect.saysAbsent(type, cell))
            .isPresent();
  }

  private void put(CsvDialect known, ObjectNode values, int line, Field field, String raw) {
    String cell = rows.standard(field, raw);
    if (field.type() instanceof FieldType.OptionalOf && CsvDialect.saysAbsent(field.type(), cell)) {
      values.set(field.name(), NullNode.getInstance());
      return;
    }
    Optional<String> inDoubt =
        cell.equals(raw) ? known.doubtOf(field.type(), cell) : Optional.empty();
    inDoubt.ifPresent(
        doubt -> {
          String why =
              "found \"%s\", expected %s, %s".formatted(cell.strip(), field.type().label(), doubt);
          throw rows.mismatch(line, new TypeMismatchException(field.name(), why));
        });
    JsonNode value = rows.read(line, field, StringNode.valueOf(cell));
    rows.requireNestedKeys(line, field, value);
    try {
      values.set(
          field.name(),
          value.isString()
              ? Coercion.text(field.type(), cell, field.name())
              : Coercion.value(field.type(), value, field.name()));
    } catch (TypeMismatchException e) {
      throw rows.mismatch(line, e);
    }
  }
}
