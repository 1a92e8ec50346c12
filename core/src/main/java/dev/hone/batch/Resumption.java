package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.data.RowStream;
import dev.hone.data.RowStream.Row;
import dev.hone.file.RecordReader;
import dev.hone.file.RecordReader.TextRecord;
import dev.hone.file.RowFile;
import dev.hone.file.UnwritableFileException;
import dev.hone.lm.LmException;
import dev.hone.text.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Goes on where an earlier run ended: reads what it has written beside the rows of the input, which
 * must be the same, row by row, and leaves both where the next row begins. What follows the last
 * whole row is cut.
 */
final class Resumption<I, O> {
  private final Path in;
  private final RowStream<I, O> rows;
  private final RowFile file;
  private final AnswerFormat<I, O> format;
  private final BatchTally<I, O> tally;
  private long bytes;
  private long firstBytes;

  Resumption(
      Path in,
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
    records.separatedBy(',');
    Optional<TextRecord> record = afterHeader(records);
    while (record.isPresent() && record.get().ended()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new LmException.Interrupted("Interrupted while the rows so far were checked", null);
      }
      Optional<TextRecord> following = records.next();
      if (!keep(record.get(), following.isEmpty())) {
        break;
      }
      record = following;
    }
    requireOwnLines(record.isPresent());
    Optional<Row<I, O>> next = record.isPresent() ? unfinished(record.get()) : Optional.empty();
    file.keep(bytes);
    if (bytes == 0) {
      file.append(format.header());
    }
    return next;
  }

  /** The row of what is behind the last whole row, which is cut only if it can be of that row. */
  private Optional<Row<I, O>> unfinished(TextRecord rest) {
    Optional<Row<I, O>> next = rows.next();
    if (!format.mayBecome(rest.text(), next)) {
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
            || (file.endsLine(firstBytes)
                && file.endsLine(bytes)
                && (rest || bytes == file.size()));
    if (!own) {
      throw InvalidInputException.of(
          ("The file %s exists, and is not as a batch writes it: in UTF-8 without a byte order mark,"
                  + " each row with a line feed at its end")
              .formatted(file.file()),
          "another program has saved it; name another file for the answers, or delete it");
    }
  }

  private Optional<TextRecord> afterHeader(RecordReader records) throws IOException {
    String header = format.header();
    Optional<TextRecord> first = records.next();
    if (header.isEmpty() || first.isEmpty()) {
      return first;
    }
    String found = first.get().text() + (first.get().ended() ? "\n" : "");
    if (found.equals(RowFile.asWritten(header))) {
      kept(RowFile.bytes(header));
      return records.next();
    } else if (!first.get().ended() && RowFile.asWritten(header).startsWith(found)) {
      return Optional.empty();
    }
    throw InvalidInputException.of(
        "The file %s exists, and its header is \"%s\", expected \"%s\""
            .formatted(file.file(), Excerpt.ofLine(found, 200), header.strip()),
        "it is of another program or input; name another file for the answers, or delete it");
  }

  /** Keeps a record that is whole; false for a damaged one at the end. */
  private boolean keep(TextRecord record, boolean last) throws IOException {
    Optional<AnswerFormat.Written> written =
        record.badByte().isPresent() || record.open()
            ? Optional.empty()
            : format.read(record.text());
    if (written.isEmpty()) {
      if (last || (record.open() && isOneRow())) {
        return false;
      }
      throw refused(record, "is damaged, and not the last one");
    }
    Optional<Row<I, O>> row = rows.next();
    if (row.isEmpty()) {
      throw refused(record, "is one more than the %d of the input".formatted(tally.rows()));
    }
    if (!format.isOf(record.text(), written.get(), row.get())) {
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
    kept(RowFile.bytes(record.text()) + 1);
    return true;
  }

  private void kept(long more) {
    bytes += more;
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
