package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.data.RowStream;
import dev.hone.data.RowStream.Row;
import dev.hone.data.format.FileFormat;
import dev.hone.file.RecordReader;
import dev.hone.file.RecordReader.TextRecord;
import dev.hone.file.RowFile;
import dev.hone.file.UnwritableFileException;
import dev.hone.lm.LmException;
import dev.hone.text.Excerpt;
import java.io.IOException;
import java.util.Optional;

/**
 * Goes on where an earlier run ended: reads what it has written beside the rows of the input, which
 * must be the same, row by row, and leaves both where the next row begins. What follows the last
 * whole row is cut.
 */
final class Resumption<I, O> {
  private final String in;
  private final RowStream<I, O> rows;
  private final RowFile file;
  private final AnswerFormat<I, O> format;
  private final BatchTally<I, O> tally;
  private long bytes;
  private long firstBytes;

  Resumption(
      String in,
      RowStream<I, O> rows,
      RowFile file,
      AnswerFormat<I, O> format,
      BatchTally<I, O> tally) {
    this.in = in;
    this.rows = rows;
    this.file = file;
    this.format = format;
    this.tally = tally;
  }

  /**
   * Passes over the rows that are written.
   *
   * @return the row of the input that was read already, and is the next one
   * @throws InvalidInputException if the file holds rows of another input, or is another file,
   *     which is left as it is
   */
  Optional<Row<I, O>> run() throws IOException, UnwritableFileException {
    // Not closed: that would close the file.
    RecordReader records = file.records(format.isCsv());
    records.separatedBy(format.file().separator());
    Optional<TextRecord> record = afterHeader(records);
    while (record.isPresent() && record.get().ended()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new LmException.Interrupted("Interrupted while the rows so far were checked", null);
      }
      Optional<TextRecord> following = records.next();
      if (!keep(record.get(), following.filter(one -> !isLost(one)).isEmpty())) {
        break;
      }
      record = following;
    }
    requireOwnLines(record.isPresent());
    Optional<Row<I, O>> next = record.isPresent() ? unfinished(record.get()) : Optional.empty();
    file.keep(bytes);
    if (bytes == 0) {
      file.append(format.beginning());
    }
    return next;
  }

  /** The row of what is behind the last whole row, which is cut only if it can be of that row. */
  private Optional<Row<I, O>> unfinished(TextRecord rest) {
    Optional<Row<I, O>> next = rows.next();
    if (!format.mayBecome(file, rest.text(), next)) {
      throw refused(
          rest,
          next.isPresent()
              ? "is damaged, or not row %d of the input".formatted(next.get().number())
              : "is one more than the %d of the input".formatted(tally.rows()));
    }
    return next;
  }

  /** Refuses a file that another program has saved since, whose bytes are not where they were. */
  private void requireOwnLines(boolean rest) throws IOException {
    boolean own =
        bytes == 0
            || (file.endsWith(format.file().lineEnd(), firstBytes)
                && file.endsWith(format.file().lineEnd(), bytes)
                && (rest || bytes == file.size()));
    if (!own) {
      throw InvalidInputException.of(
          "The file %s exists, and is not as a batch writes it: %s"
              .formatted(file.file(), inWords(format.file())),
          "another program has saved it; name another file for the answers, or delete it");
    }
  }

  private static String inWords(FileFormat written) {
    return "in %s %s a byte order mark, each row with %s at its end"
        .formatted(
            written.encoding().name(),
            written.mark().isEmpty() ? "without" : "with",
            written.lineEnd().equals("\n") ? "a line feed" : "a carriage return and a line feed");
  }

  /** Passes over the header; nothing follows one that is not whole, which is written anew. */
  private Optional<TextRecord> afterHeader(RecordReader records) throws IOException {
    long length = 0;
    for (String line : format.head()) {
      Optional<TextRecord> found = records.next();
      if (found.isEmpty()) {
        return found;
      }
      String text = found.get().text();
      length += file.bytes(text + format.file().lineEnd());
      boolean unfinished = !found.get().ended() || markBytes() + length > file.size();
      if (unfinished && file.asWritten(line).startsWith(AnswerFormat.withoutLost(text))) {
        return Optional.empty();
      } else if (!text.equals(file.asWritten(line))) {
        throw otherHeader(text, line);
      }
    }
    if (length > 0) {
      kept(length);
    }
    return records.next();
  }

  private InvalidInputException otherHeader(String found, String expected) {
    return InvalidInputException.of(
        "The file %s exists, and its header is \"%s\", expected \"%s\""
            .formatted(file.file(), Excerpt.ofLine(found, 200), expected),
        "it is of another program or input; name another file for the answers, or delete it");
  }

  /** Keeps a record that is whole; false for a damaged one at the end. */
  private boolean keep(TextRecord record, boolean last) throws IOException {
    Optional<AnswerFormat.Written> written =
        record.badByte().isPresent() || record.open()
            ? Optional.empty()
            : format.read(record.text());
    if (written.isEmpty() || isCutInLineEnd(record)) {
      if (last || (record.open() && isOneRow())) {
        return false;
      }
      throw refused(record, "is damaged, and not the last one");
    }
    Optional<Row<I, O>> row = rows.next();
    if (row.isEmpty()) {
      throw refused(record, "is one more than the %d of the input".formatted(tally.rows()));
    }
    if (!format.isOf(file, record.text(), written.get(), row.get())) {
      throw refused(
          record,
          "has other inputs than row %d of the input, at its line %d"
              .formatted(row.get().number(), row.get().line()));
    }
    if (!written.get().complete()) {
      throw refused(
          record,
          "is of another program: it has no error, and not all of the outputs "
              + format.columns.outputs());
    }
    tally.keep(written.get().errorClass(), written.get().problem());
    kept(file.bytes(record.text() + format.file().lineEnd()));
    return true;
  }

  /** Whether the line end of the last row is half of one. */
  private boolean isCutInLineEnd(TextRecord record) throws IOException {
    long end = file.bytes(record.text() + format.file().lineEnd());
    return (bytes == 0 ? markBytes() : bytes) + end > file.size();
  }

  /** Whether it is half a character that a crash left. */
  private static boolean isLost(TextRecord record) {
    return !record.ended() && AnswerFormat.withoutLost(record.text()).isEmpty();
  }

  private long markBytes() {
    return file.bytes(format.file().mark());
  }

  private void kept(long more) {
    bytes += more + (bytes == 0 ? markBytes() : 0);
    firstBytes = firstBytes == 0 ? bytes : firstBytes;
  }

  /** Whether what follows in the file may be one row that was not finished, of several lines. */
  private boolean isOneRow() throws IOException {
    return file.size() - bytes <= RecordReader.MAX_CHARS;
  }

  private InvalidInputException refused(TextRecord record, String what) {
    return InvalidInputException.of(
        "The file %s exists, and is not of the input %s: its row at line %d %s"
            .formatted(file.file(), in, record.line(), what),
        "name another file for the answers, or delete it to begin anew");
  }
}
