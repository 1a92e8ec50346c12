package dev.hone.batch;

import dev.hone.data.Example;
import dev.hone.data.RowStream;
import dev.hone.data.RowStream.Row;
import dev.hone.data.format.FileFormat;
import dev.hone.file.RowFile;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers beside the rows as they stand: each row to the letter, then its outputs, then {@code
 * hone_error}, in words behind the class of the error. A name that the input has is another one. A
 * character that the encoding cannot write stands as the escape that Java and JSON have for it.
 *
 * <p>The texts of the rows under way are kept until these are written.
 */
abstract sealed class BesideFormat<I, O> extends AnswerFormat<I, O> permits BesideCsv, BesideJsonl {
  static final String ERROR = "hone_error";
  private static final String PREFIX = "hone_";
  private static final String AFTER_CLASS = ": ";

  final RowStream<I, O> rows;
  final List<Field> outputs;
  private final FileFormat format;
  private final CharsetEncoder encoder;
  private final ConcurrentMap<Long, String> begun = new ConcurrentHashMap<>();

  BesideFormat(RowsToAnswer<I, O> source, RowStream<I, O> rows) {
    super(RowColumns.of(source.signature()));
    this.rows = rows;
    this.outputs = source.signature().outputFields();
    this.format = source.format();
    this.encoder = format.encoding().newEncoder();
  }

  static <I, O> BesideFormat<I, O> of(RowsToAnswer<I, O> source, RowStream<I, O> rows) {
    return source.format().isCsv()
        ? new BesideCsv<>(source, rows)
        : new BesideJsonl<>(source, rows);
  }

  @Override
  final FileFormat file() {
    return format;
  }

  @Override
  final boolean isCsv() {
    return format.isCsv();
  }

  @Override
  final void begun(Row<I, O> row) {
    begun.put(row.number(), rows.text());
  }

  @Override
  final String text(BatchRow<I, O> row) {
    String text = Objects.requireNonNull(begun.remove(row.number()));
    ObjectNode values =
        row instanceof BatchRow.Answered<I, O> answered
            ? answered.answered().expectedJson()
            : Json.object();
    return beside(begin(text, row.example().isPresent()), values, error(row)) + format.lineEnd();
  }

  private static String error(BatchRow<?, ?> row) {
    return row.error().isEmpty()
        ? ""
        : row.errorClass() + AFTER_CLASS + Excerpt.oneLine(row.problem());
  }

  /**
   * A row with its outputs, and what is wrong, which may be nothing.
   *
   * @param begin what the row begins with
   */
  abstract String beside(String begin, ObjectNode values, String error);

  /** What a row that stands so is written as, before its outputs. */
  abstract String begin(String text, boolean readable);

  @Override
  final String beginning(Row<I, O> row) {
    return begin(rows.text(), row.example().isPresent());
  }

  @Override
  final String beginning(Example<I, O> example) {
    return begin(rows.text(), true);
  }

  @Override
  final String faultBeginning() {
    return begin(rows.text(), false);
  }

  @Override
  boolean isOf(RowFile file, String text, Written written, Row<I, O> row) {
    return begins(text, file.asWritten(beginning(row)));
  }

  /** What is known of a row that was written with an error, or with none. */
  static Written written(String error, boolean complete) {
    int end = error.indexOf(AFTER_CLASS);
    return end < 0
        ? new Written("", "", complete)
        : new Written(error.substring(0, end), error.substring(end + AFTER_CLASS.length()), true);
  }

  /** The names of the outputs and of the error that are free beside others. */
  final List<String> freeNames(List<String> others) {
    List<String> taken = new ArrayList<>(others);
    List<String> names = new ArrayList<>();
    for (String name : outputs.stream().map(Field::name).toList()) {
      names.add(free(name, PREFIX + name, taken));
      taken.add(names.get(names.size() - 1));
    }
    names.add(free(ERROR, ERROR + "_2", taken));
    return names;
  }

  private static String free(String name, String instead, List<String> taken) {
    String free = taken.contains(name) ? instead : name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /** A text without what the encoding cannot write. */
  final synchronized String encodable(String text) {
    if (encoder.canEncode(text)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(c -> escaped.append(encoder.canEncode(c) ? c : escape(c)));
    return escaped.toString();
  }

  private static String escape(String character) {
    StringBuilder codes = new StringBuilder();
    character.chars().forEach(c -> codes.append(String.format(Locale.ROOT, "\\u%04x", c)));
    return codes.toString();
  }
}
