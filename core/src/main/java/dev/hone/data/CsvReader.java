package dev.hone.data;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
final class CsvReader<I, O> {
  private static final ObjectReader CSV =
      CsvMapper.builder()
          .enable(
              CsvReadFeature.WRAP_AS_ARRAY,
              CsvReadFeature.SKIP_EMPTY_LINES,
              CsvReadFeature.TRIM_SPACES)
          .build()
          .reader();

  private static final Pattern RULE = Pattern.compile("\\s*:?-{2,}:?\\s*");

  private final Source source;
  private final RowReader<I, O> rows;
  private int linesBefore;
  private CsvDialect dialect = new CsvDialect(',', 0, 0);

  CsvReader(Source source, Signature<I, O> signature, Columns columns) {
    this.source = source;
    this.rows = new RowReader<>(source.name(), signature, columns);
  }

  /** The cells of one row, and the line at which it begins. */
  private record Row(int line, List<String> cells) {}

  Dataset<I, O> read() {
    String text = source.text();
    dialect = CsvDialect.of(text, rows::isField);
    linesBefore = dialect.linesBefore();
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(dialect.separator());
    try (JsonParser parser = CSV.with(schema).createParser(dialect.rest(text))) {
      parser.nextToken();
      Row header = next(parser, linesBefore).orElse(null);
      if (header == null) {
        return rows.dataset(List.of());
      }
      List<String> names = header.cells().stream().map(String::strip).toList();
      List<Optional<Field>> fields = rows.match(header.line(), names);
      return rows.dataset(examples(parser, header.line(), names, fields));
    }
  }

  private List<Example<I, O>> examples(
      JsonParser parser, int headerLine, List<String> names, List<Optional<Field>> fields) {
    List<Example<I, O>> examples = new ArrayList<>();
    RowReader.RowFaults faults = new RowReader.RowFaults();
    Optional<Row> row = following(parser, headerLine, faults);
    while (row.isPresent()) {
      try {
        boolean rule = examples.isEmpty() && isRule(row.get());
        if (!rule && !isEmpty(row.get())) {
          examples.add(example(withoutEmptyEnd(row.get(), names.size()), names, fields));
        }
      } catch (DatasetFormatException e) {
        faults.add(e);
      }
      row = following(parser, row.get().line(), faults);
    }
    faults.throwIfAny();
    return examples;
  }

  /** The next row; none where the file ends, or is no CSV from there on. */
  private Optional<Row> following(JsonParser parser, int lineBefore, RowReader.RowFaults faults) {
    try {
      return next(parser, lineBefore);
    } catch (DatasetFormatException e) {
      faults.add(e);
      return Optional.empty();
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

  private Optional<Row> next(JsonParser parser, int lineBefore) {
    List<String> cells = new ArrayList<>();
    int line = lineBefore;
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        line = cells.isEmpty() ? linesBefore + parser.currentTokenLocation().getLineNr() : line;
        cells.add(CsvDialect.plain(parser.getString()));
      }
      return Optional.of(new Row(line, cells));
    } catch (JacksonException e) {
      String after = cells.isEmpty() ? "after line " + lineBefore : "that begins in line " + line;
      throw rows.fail(
          linesBefore + e.getLocation().getLineNr(),
          "",
          ("column %d: the row %s is not CSV: %s. Maybe a quote is missing, or one inside a"
                  + " quoted cell is not doubled.")
              .formatted(e.getLocation().getColumnNr(), after, e.getOriginalMessage()));
    }
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

  private Example<I, O> example(Row row, List<String> names, List<Optional<Field>> fields) {
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
        put(values, row.line(), field.get(), cells.get(i));
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

  private void put(ObjectNode values, int line, Field field, String cell) {
    if (field.type() instanceof FieldType.OptionalOf && CsvDialect.saysAbsent(field.type(), cell)) {
      values.set(field.name(), NullNode.getInstance());
      return;
    }
    dialect
        .doubtOf(field.type(), cell)
        .ifPresent(
            doubt -> {
              String why =
                  "found \"%s\", expected %s, %s"
                      .formatted(cell.strip(), field.type().label(), doubt);
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
