package dev.hone.project.data;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.RowStream;
import dev.hone.data.Source;
import dev.hone.data.format.CellFormat;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.CsvCells;
import dev.hone.type.FieldType;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a file of rows is written: CSV (comma, semicolon, tab or another separator) or JSON lines;
 * its encoding, its line ends, whether commas are decimal, and the form of its dates. {@link
 * #sniff} finds all of it, {@code with...} says it. What is read by a format can be written by it
 * again. Immutable and thread-safe; calls no model.
 *
 * <pre>{@code
 * DataFormat format = DataFormat.sniff(Path.of("export.csv"));
 * try (var rows = format.stream(file, signature, Columns.asNamed().inputsOnly())) { ... }
 * try (Writer writer = format.writer(stream)) {
 *   writer.write(format.line(List.of("text", "topic")));
 * }
 * }</pre>
 */
public final class DataFormat {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Kind kind;
  private final Charset encoding;
  private final boolean byteOrderMark;
  private final String lineEnd;
  private final CellFormat cells;

  /** The kinds of files. */
  public enum Kind {
    /** A header, then a row of cells per line. */
    CSV("CSV"),
    /** A JSON object per line. */
    JSONL("JSON lines");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** What people call it. */
    public String label() {
      return label;
    }
  }

  DataFormat(Kind kind, Charset encoding, boolean byteOrderMark, String lineEnd, CellFormat cells) {
    this.kind = kind;
    this.encoding = encoding;
    this.byteOrderMark = byteOrderMark;
    this.lineEnd = lineEnd;
    this.cells = cells;
  }

  /** Comma, UTF-8 without a byte order mark, line feeds, decimal points, dates of ISO 8601. */
  public static DataFormat csv() {
    return new DataFormat(
        Kind.CSV, StandardCharsets.UTF_8, false, "\n", CellFormat.defaults().separatedBy(','));
  }

  /** JSON lines in UTF-8. */
  public static DataFormat jsonl() {
    return new DataFormat(Kind.JSONL, StandardCharsets.UTF_8, false, "\n", CellFormat.defaults());
  }

  /**
   * Finds the format of a file: the kind and separator by its first lines, the encoding by its
   * bytes (UTF-8, UTF-16, else Windows-1252), decimal commas and dates by its first 1000 rows.
   * Reads at most its first 64 MB.
   *
   * @throws InvalidInputException if it cannot be read, is empty, or is a workbook or an archive
   */
  public static DataFormat sniff(Path file) {
    return FormatSniffer.of(file).format();
  }

  /** As {@link #sniff(Path)}, of the first bytes of a stream, such as standard input. */
  public static DataFormat sniff(String name, byte[] firstBytes) {
    return new FormatSniffer(name, firstBytes, false).format();
  }

  /** What kind of file. */
  public Kind kind() {
    return kind;
  }

  /** What separates cells; a comma for JSON lines, which have none. */
  public char separator() {
    return cells.separator().orElse(',');
  }

  /** The encoding of its text. */
  public Charset encoding() {
    return encoding;
  }

  /** Whether its text begins with a byte order mark. */
  public boolean hasByteOrderMark() {
    return byteOrderMark;
  }

  /** What ends a line. */
  public String lineEnd() {
    return lineEnd;
  }

  /** Whether commas are decimal. */
  public boolean isDecimalComma() {
    return cells.isDecimalComma();
  }

  /** The form of dates, such as {@code dd.MM.yyyy}; empty for ISO 8601. */
  public Optional<String> datePattern() {
    return cells.datePattern();
  }

  /** How cells are written. */
  public CellFormat cells() {
    return cells;
  }

  /** A copy of another kind. */
  public DataFormat withKind(Kind other) {
    return new DataFormat(other, encoding, byteOrderMark, lineEnd, cells);
  }

  /** A copy with another separator. */
  public DataFormat withSeparator(char sign) {
    return new DataFormat(kind, encoding, byteOrderMark, lineEnd, cells.separatedBy(sign));
  }

  /** A copy in another encoding. */
  public DataFormat withEncoding(Charset charset) {
    return new DataFormat(kind, charset, byteOrderMark, lineEnd, cells);
  }

  /** A copy whose commas are decimal, or not. */
  public DataFormat withDecimalComma(boolean comma) {
    return new DataFormat(kind, encoding, byteOrderMark, lineEnd, cells.withDecimalComma(comma));
  }

  /**
   * A copy with a form of dates.
   *
   * @throws InvalidInputException if it is no pattern
   */
  public DataFormat withDatePattern(String pattern) {
    return new DataFormat(kind, encoding, byteOrderMark, lineEnd, cells.withDatePattern(pattern));
  }

  /** A file in this format, for {@code Dataset.ofCsv} and others, with {@link #columns}. */
  public Source source(Path file) {
    return Source.of(file).in(encoding);
  }

  /** Columns whose cells are read in this format. */
  public Columns columns(Columns columns) {
    return columns.withCells(cells);
  }

  /**
   * The rows of a file, one at a time, in constant memory.
   *
   * @throws InvalidInputException if it cannot be opened, or its header lacks a field
   */
  public RowStream<ObjectNode, ObjectNode> stream(
      Path file, Signature<ObjectNode, ObjectNode> signature, Columns columns) {
    return stream(source(file), signature, columns);
  }

  /** As {@link #stream(Path, Signature, Columns)}, of a source, which is read in this encoding. */
  public RowStream<ObjectNode, ObjectNode> stream(
      Source source, Signature<ObjectNode, ObjectNode> signature, Columns columns) {
    Source decoded = source.in(encoding);
    return kind == Kind.CSV
        ? RowStream.ofCsv(decoded, signature, columns(columns))
        : RowStream.ofJsonl(decoded, signature, columns(columns));
  }

  /**
   * A writer of this encoding, which begins with a byte order mark where files of this format do.
   *
   * @throws java.io.IOException if the mark cannot be written
   */
  public Writer writer(OutputStream stream) throws java.io.IOException {
    Writer writer = new OutputStreamWriter(stream, encoding);
    if (byteOrderMark) {
      writer.write(BYTE_ORDER_MARK);
    }
    return writer;
  }

  /** A row of CSV with its line end: cells quoted where a reader would else read another row. */
  public String line(List<String> row) {
    return new CsvCells(separator()).row(row) + lineEnd;
  }

  /** A row of JSON lines with its line end. */
  public String line(ObjectNode row) {
    return Json.write(row) + lineEnd;
  }

  /** A value as the text of a cell: lists and objects as JSON, what is absent as nothing. */
  public String cell(FieldType type, @Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "";
    }
    String standard = value.isString() ? value.stringValue() : Json.write(value);
    return cells.cell(type, standard);
  }

  /** Such as {@code semicolon, Windows-1252, decimal comma, dates dd.MM.yyyy}. */
  public String inWords() {
    StringBuilder words = new StringBuilder();
    words.append(kind == Kind.CSV ? separatorInWords(separator()) : kind.label());
    words.append(", ").append(encodingInWords());
    if (isDecimalComma()) {
      words.append(", decimal comma");
    }
    datePattern().ifPresent(pattern -> words.append(", dates ").append(pattern));
    return words.toString();
  }

  /** An encoding's usual name. */
  public String encodingInWords() {
    return encoding.name().equalsIgnoreCase("windows-1252") ? "Windows-1252" : encoding.name();
  }

  private static String separatorInWords(char sign) {
    return switch (sign) {
      case ',' -> "comma";
      case ';' -> "semicolon";
      case '\t' -> "tab";
      case '|' -> "upright stroke";
      default -> "separator " + sign;
    };
  }

  /** One line, such as {@code DataFormat[semicolon, Windows-1252, decimal comma]}. */
  @Override
  public String toString() {
    return "DataFormat[" + inWords() + "]";
  }
}
