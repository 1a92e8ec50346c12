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
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 * commas. What is inside quotes stays as it is.
 */
final class CsvReader<I, O> {
  private static final ObjectReader CSV =
      CsvMapper.builder()
          .enable(
              CsvReadFeature.WRAP_AS_ARRAY,
              CsvReadFeature.SKIP_EMPTY_LINES,
              CsvReadFeature.TRIM_SPACES)
          .build()
          .reader()
          .with(CsvSchema.emptySchema());

  private final Source source;
  private final RowReader<I, O> rows;

  CsvReader(Source source, Signature<I, O> signature, Columns columns) {
    this.source = source;
    this.rows = new RowReader<>(source.name(), signature, columns);
  }

  /** The cells of one row, and the line at which it begins. */
  private record Row(int line, List<String> cells) {}

  Dataset<I, O> read() {
    String text = source.text();
    try (JsonParser parser = CSV.createParser(text)) {
      parser.nextToken();
      Row header = next(parser, 0).orElse(null);
      if (header == null) {
        return rows.dataset(List.of());
      }
      List<String> names = header.cells().stream().map(String::strip).toList();
      requireCommas(header.line(), names);
      List<Optional<Field>> fields = rows.match(header.line(), names);
      List<Example<I, O>> examples = new ArrayList<>();
      int line = header.line();
      for (var row = next(parser, line); row.isPresent(); row = next(parser, line)) {
        line = row.get().line();
        examples.add(example(row.get(), names, fields));
      }
      return rows.dataset(examples);
    }
  }

  private Optional<Row> next(JsonParser parser, int lineBefore) {
    List<String> cells = new ArrayList<>();
    int line = lineBefore;
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        line = cells.isEmpty() ? parser.currentTokenLocation().getLineNr() : line;
        cells.add(parser.getString());
      }
      return Optional.of(new Row(line, cells));
    } catch (JacksonException e) {
      String after = cells.isEmpty() ? "after line " + lineBefore : "that begins in line " + line;
      throw rows.fail(
          e.getLocation().getLineNr(),
          "",
          ("column %d: the row %s is not CSV: %s. Maybe a quote is missing, or one inside a"
                  + " quoted cell is not doubled.")
              .formatted(e.getLocation().getColumnNr(), after, e.getOriginalMessage()));
    }
  }

  private void requireCommas(int line, List<String> names) {
    if (names.size() == 1) {
      Stream.of(";", "\t", "|")
          .filter(names.get(0)::contains)
          .findFirst()
          .ifPresent(
              separator -> {
                throw rows.fail(
                    line,
                    "",
                    ("the header is the one column \"%s\", expected %s. Maybe columns are"
                            + " separated by \"%s\"; separate them by commas.")
                        .formatted(names.get(0), rows.names(), separator));
              });
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

  private Example<I, O> example(Row row, List<String> names, List<Optional<Field>> fields) {
    requireCells(row, names);
    List<String> cells = row.cells();
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
        .anyMatch(i -> !cells.get(i).isBlank());
  }

  private void put(ObjectNode values, int line, Field field, String cell) {
    if (cell.isBlank() && field.type() instanceof FieldType.OptionalOf) {
      values.set(field.name(), NullNode.getInstance());
      return;
    }
    rows.requireNestedKeys(line, field, StringNode.valueOf(cell));
    try {
      values.set(field.name(), Coercion.text(field.type(), cell, field.name()));
    } catch (TypeMismatchException e) {
      throw rows.mismatch(line, e);
    }
  }
}
