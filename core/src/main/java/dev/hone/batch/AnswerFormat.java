package dev.hone.batch;

import dev.hone.data.Example;
import dev.hone.data.RowStream.Row;
import dev.hone.data.format.FileFormat;
import dev.hone.file.RowFile;
import dev.hone.json.Json;
import dev.hone.text.CsvText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** How rows are written, and known again. */
abstract class AnswerFormat<I, O> {
  private static final Pattern LOST = Pattern.compile("[\\x00\\uFFFD]+$");

  final RowColumns<I, O> columns;

  AnswerFormat(RowColumns<I, O> columns) {
    this.columns = columns;
  }

  /** JSON lines. */
  static <I, O> AnswerFormat<I, O> jsonl(RowColumns<I, O> columns) {
    return new Jsonl<>(columns);
  }

  /** CSV. */
  static <I, O> AnswerFormat<I, O> csv(RowColumns<I, O> columns, List<String> extras) {
    return new Csv<>(columns, columns.all(extras));
  }

  /**
   * What became of a row that was written.
   *
   * @param errorClass empty for one that was answered
   * @param problem empty for one that was answered
   * @param complete whether it has all outputs, or no answer
   */
  record Written(String errorClass, String problem, boolean complete) {}

  /** Whether it is CSV. */
  abstract boolean isCsv();

  /** The lines before the first row, without their line ends. */
  abstract List<String> head();

  /** What a file begins with, before its first row. */
  final String beginning() {
    StringBuilder text = new StringBuilder(file().mark());
    head().forEach(line -> text.append(line).append(file().lineEnd()));
    return text.toString();
  }

  /** A row with its line end. */
  abstract String text(BatchRow<I, O> row);

  /** The file format; CSV with commas, or JSON lines, in UTF-8. */
  FileFormat file() {
    return isCsv() ? FileFormat.csv() : FileFormat.jsonl();
  }

  /** A row of the input, the one that was read last, is to be run. */
  void begun(Row<I, O> row) {}

  /** What the text of a row begins with, which was read last. */
  String beginning(Row<I, O> row) {
    return row.example().map(this::beginning).orElseGet(this::faultBeginning);
  }

  /** What the text of a row with these inputs begins with. */
  abstract String beginning(Example<I, O> example);

  /** What the text of a row that could not be read begins with. */
  abstract String faultBeginning();

  /** What became of a row that was written; empty if it is damaged. */
  abstract Optional<Written> read(String text);

  /** Whether a text that was written may be that of a row, which was read last. */
  boolean isOf(RowFile file, String text, Written written, Row<I, O> row) {
    return row.example().isPresent()
        ? text.startsWith(file.asWritten(beginning(row)))
        : written.errorClass().equals(row.fault().orElseThrow().getClass().getSimpleName());
  }

  /**
   * Whether a text may be the unfinished one of a row, or nothing: what a crash leaves behind, such
   * as half a character, and the zero bytes of a file system that lost what was written.
   */
  boolean mayBecome(RowFile file, String text, Optional<Row<I, O>> row) {
    String left = withoutLost(text);
    if (left.isBlank()) {
      return true;
    }
    return row.map(this::beginning)
        .map(file::asWritten)
        .filter(begin -> begins(left, begin) || begin.startsWith(left))
        .isPresent();
  }

  /** Whether the text of a row, or of a part of one, begins so. */
  boolean begins(String text, String begin) {
    return text.startsWith(begin);
  }

  /** A text without what a crash leaves at its end. */
  static String withoutLost(String text) {
    return LOST.matcher(text).replaceAll("");
  }

  private static final class Jsonl<I, O> extends AnswerFormat<I, O> {
    Jsonl(RowColumns<I, O> columns) {
      super(columns);
    }

    @Override
    boolean isCsv() {
      return false;
    }

    @Override
    List<String> head() {
      return List.of();
    }

    @Override
    String text(BatchRow<I, O> row) {
      return Json.write(columns.values(row)) + "\n";
    }

    @Override
    String beginning(Example<I, O> example) {
      String inputs = Json.write(example.inputJson());
      return inputs.substring(0, inputs.length() - 1) + ",";
    }

    @Override
    String faultBeginning() {
      return "{" + Json.write(StringNode.valueOf(columns.error())) + ":";
    }

    @Override
    Optional<Written> read(String text) {
      try {
        return Json.parse(text) instanceof ObjectNode node
            ? Optional.of(written(node))
            : Optional.empty();
      } catch (JacksonException e) {
        return Optional.empty();
      }
    }

    private Written written(ObjectNode node) {
      String errorClass = value(node, columns.errorClass());
      boolean complete = !errorClass.isEmpty() || columns.outputs().stream().allMatch(node::has);
      return new Written(errorClass, value(node, columns.error()), complete);
    }

    private static String value(ObjectNode node, String name) {
      JsonNode value = node.get(name);
      return value != null && value.isString() ? value.stringValue() : "";
    }
  }

  private static final class Csv<I, O> extends AnswerFormat<I, O> {
    private final List<String> names;

    Csv(RowColumns<I, O> columns, List<String> names) {
      super(columns);
      this.names = names;
    }

    @Override
    boolean isCsv() {
      return true;
    }

    @Override
    List<String> head() {
      return List.of(CsvText.line(names).strip());
    }

    @Override
    String text(BatchRow<I, O> row) {
      ObjectNode values = columns.values(row);
      return CsvText.line(names.stream().map(name -> cell(values.get(name))).toList());
    }

    @Override
    String beginning(Example<I, O> example) {
      StringBuilder text = new StringBuilder();
      example
          .inputJson()
          .forEach(value -> text.append(CsvText.cell(cell(value), names.size())).append(','));
      return text.toString();
    }

    @Override
    String faultBeginning() {
      return ",".repeat(names.size() - 2);
    }

    private static String cell(@Nullable JsonNode value) {
      if (value == null || value.isNull()) {
        return "";
      }
      return value.isString() ? value.stringValue() : Json.write(value);
    }

    @Override
    Optional<Written> read(String text) {
      List<String> cells = CsvText.cells(text);
      int size = cells.size();
      return size == names.size()
          ? Optional.of(new Written(cells.get(size - 1), cells.get(size - 2), true))
          : Optional.empty();
    }
  }
}
