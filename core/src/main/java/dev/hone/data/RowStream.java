package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.file.DecodedReader;
import dev.hone.file.RecordReader;
import dev.hone.file.RecordReader.TextRecord;
import dev.hone.lm.LmException;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file, read one at a time, so that a file of any size takes constant memory. The
 * rules, and what is said of a bad row, are those of {@link Dataset#ofJsonl} and {@link
 * Dataset#ofCsv}; but a bad row is one of the rows, with its fault, and costs no other. Not
 * thread-safe.
 *
 * <pre>{@code
 * try (var rows = RowStream.ofJsonl(Source.of(file), signature, Columns.asNamed())) {
 *   for (var row = rows.next(); row.isPresent(); row = rows.next()) {
 *     row.get().example().ifPresent(example -> ...);
 *   }
 * }
 * }</pre>
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the labels
 */
public final class RowStream<I, O> implements AutoCloseable {
  private final Source source;
  private final RowFormat<I, O> format;
  private final RecordReader records;
  private final List<String> head = new ArrayList<>();
  private String text = "";
  private long next;

  private RowStream(Source source, RowFormat<I, O> format) {
    this.source = source;
    this.format = format;
    this.records = format.records(source.reader());
    findHeader();
  }

  /**
   * The rows of a file of JSON lines.
   *
   * @throws InvalidInputException if it cannot be opened
   */
  public static <I, O> RowStream<I, O> ofJsonl(
      Source source, Signature<I, O> signature, Columns columns) {
    return new RowStream<>(source, new JsonlReader<>(source, signature, columns));
  }

  /**
   * The rows of a CSV file, whose header is read at once.
   *
   * @throws InvalidInputException if it cannot be opened, or, as a {@link DatasetFormatException},
   *     if its header lacks a field
   */
  public static <I, O> RowStream<I, O> ofCsv(
      Source source, Signature<I, O> signature, Columns columns) {
    return new RowStream<>(source, new CsvReader<>(source, signature, columns));
  }

  /**
   * One row: an example, or what is wrong with it.
   *
   * @param number its number among the rows, counted from 1; empty lines and the header do not
   *     count
   * @param line the line at which it begins, counted from 1
   * @param example the example; empty for a bad row
   * @param fault what is wrong; empty for a good row
   * @param <I> the type of the input
   * @param <O> the type of the label
   */
  public record Row<I, O>(
      long number,
      int line,
      Optional<Example<I, O>> example,
      Optional<DatasetFormatException> fault) {}

  /**
   * The next row; empty after the last one.
   *
   * @throws InvalidInputException if the file cannot be read any further
   * @throws LmException.Interrupted if the thread is interrupted
   */
  public Optional<Row<I, O>> next() {
    for (TextRecord record = take(); record != null; record = take()) {
      int line = record.line();
      text = record.text();
      try {
        Optional<Example<I, O>> example = read(record);
        if (example.isPresent()) {
          return Optional.of(new Row<>(++next, line, example, Optional.empty()));
        }
      } catch (DatasetFormatException e) {
        return Optional.of(new Row<>(++next, line, Optional.empty(), Optional.of(e)));
      }
    }
    return Optional.empty();
  }

  /** The names of the columns that become extras, of a CSV file, in order; else none. */
  public List<String> extraColumns() {
    return format.extraColumns();
  }

  /**
   * The lines before the first row as they stand, without their line ends: the header of a CSV
   * file, and what declares its separator; else none.
   */
  public List<String> head() {
    return List.copyOf(head);
  }

  /**
   * The row that {@link #next} returned last as it stands in the file, without its line end; of a
   * row that is longer than any can be, its beginning.
   */
  public String text() {
    return text;
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  /** One line, such as {@code RowStream[train.csv, 12 rows read]}. */
  @Override
  public String toString() {
    return "RowStream[%s, %d rows read]".formatted(source.name(), next);
  }

  private void findHeader() {
    try {
      while (!format.isBegun()) {
        TextRecord record = take();
        if (record == null) {
          return;
        }
        read(record);
        if (!record.text().isBlank()) {
          head.add(record.text());
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Optional<Example<I, O>> read(TextRecord record) {
    if (record.badByte().isPresent()) {
      DecodedReader.BadByte bad = record.badByte().get();
      throw source.notText(record.line(), bad.charset(), bad.found());
    }
    return format.example(record);
  }

  private @Nullable TextRecord take() {
    try {
      return records.next().orElse(null);
    } catch (ClosedByInterruptException e) {
      throw new LmException.Interrupted("Interrupted while " + source.name() + " was read", e);
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  /** A kind of file: what its records are, and the example of each. Used for one file. */
  interface RowFormat<I, O> {
    /** Makes examples, and says what is wrong with a row. */
    RowReader<I, O> rows();

    /** Cuts the text into records. */
    RecordReader records(Reader text);

    /** The example of a record; empty for what is no row, such as a header or an empty line. */
    Optional<Example<I, O>> example(TextRecord record);

    /** Whether the records to come are rows: after the header, if there is one. */
    default boolean isBegun() {
      return true;
    }

    /** The columns that become extras, where they are known before the rows. */
    default List<String> extraColumns() {
      return List.of();
    }

    /** All rows of a file; what is wrong with any of them is told at once. */
    default Dataset<I, O> read(Source source) {
      List<Example<I, O>> examples = new ArrayList<>();
      RowReader.RowFaults faults = new RowReader.RowFaults();
      try (RecordReader records = records(new StringReader(source.text()))) {
        Optional<TextRecord> record = records.next();
        while (record.isPresent()) {
          boolean begun = isBegun();
          try {
            example(record.get()).ifPresent(examples::add);
          } catch (DatasetFormatException e) {
            if (!begun) {
              throw e;
            }
            faults.add(e);
          }
          record = records.next();
        }
      } catch (IOException e) {
        throw source.unreadable(e);
      }
      faults.throwIfAny();
      return rows().dataset(examples);
    }
  }
}
