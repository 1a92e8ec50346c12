package dev.hone.data.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a file of rows is written: CSV or JSON lines, the encoding of its text, its line ends, and
 * its cells. Immutable and thread-safe; settings are copies.
 */
public final class FileFormat {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final boolean csv;
  private final Charset encoding;
  private final boolean marked;
  private final String lineEnd;
  private final CellFormat cells;

  private FileFormat(
      boolean csv, Charset encoding, boolean marked, String lineEnd, CellFormat cells) {
    this.csv = csv;
    this.encoding = encoding;
    this.marked = marked;
    this.lineEnd = lineEnd;
    this.cells = cells;
  }

  /** CSV in UTF-8 without a byte order mark, with commas, line feeds and decimal points. */
  public static FileFormat csv() {
    return new FileFormat(
        true, StandardCharsets.UTF_8, false, "\n", CellFormat.defaults().separatedBy(','));
  }

  /** JSON lines in UTF-8. */
  public static FileFormat jsonl() {
    return new FileFormat(false, StandardCharsets.UTF_8, false, "\n", CellFormat.defaults());
  }

  /** A copy in another encoding, whose files begin with a byte order mark or not. */
  public FileFormat encoded(Charset charset, boolean byteOrderMark) {
    return new FileFormat(csv, charset, byteOrderMark, lineEnd, cells);
  }

  /** A copy whose lines end so. */
  public FileFormat withLineEnd(String end) {
    return new FileFormat(csv, encoding, marked, end, cells);
  }

  /** A copy whose cells are written so; a separator that is not said is a comma. */
  public FileFormat withCells(CellFormat format) {
    return new FileFormat(csv, encoding, marked, lineEnd, format);
  }

  /** Whether it is CSV; else it is JSON lines. */
  public boolean isCsv() {
    return csv;
  }

  /** The encoding of its text. */
  public Charset encoding() {
    return encoding;
  }

  /** What its text begins with: a byte order mark, or nothing. */
  public String mark() {
    return marked ? BYTE_ORDER_MARK : "";
  }

  /** What ends a line. */
  public String lineEnd() {
    return lineEnd;
  }

  /** How cells are written. */
  public CellFormat cells() {
    return cells;
  }

  /** What separates cells. */
  public char separator() {
    return cells.separator().orElse(',');
  }

  /** One line, such as {@code FileFormat[CSV, UTF-8, CellFormat[...]]}. */
  @Override
  public String toString() {
    return "FileFormat[%s, %s, %s]".formatted(csv ? "CSV" : "JSON lines", encoding, cells);
  }
}
