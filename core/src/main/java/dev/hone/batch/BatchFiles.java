package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.RowStream;
import dev.hone.data.RowStream.Row;
import dev.hone.data.Source;
import dev.hone.file.RowFile;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.row.RowsSetAside;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Batches from one file to another, or to a stream. */
record BatchFiles<I, O>(RowRunner<I, O> runner, BatchLimits limits) {
  BatchReport runJsonl(Path in, Path out, Columns columns, RowColumns<I, O> fields) {
    requireTwoFiles(in, out);
    try (var rows = RowStream.ofJsonl(Source.of(in), fields.signature(), columns.inputsOnly())) {
      return run(in.toString(), rows, out, AnswerFormat.jsonl(fields));
    }
  }

  BatchReport runCsv(Path in, Path out, Columns columns, RowColumns<I, O> fields) {
    requireTwoFiles(in, out);
    try (var rows = RowStream.ofCsv(Source.of(in), fields.signature(), columns.inputsOnly())) {
      return run(in.toString(), rows, out, AnswerFormat.csv(fields, rows.extraColumns()));
    }
  }

  BatchReport answer(RowsToAnswer<I, O> source, Path out) {
    source.file().ifPresent(in -> requireTwoFiles(in, out));
    try (RowStream<I, O> rows = source.open()) {
      return run(source.name(), rows, out, BesideFormat.of(source, rows));
    }
  }

  BatchReport answer(RowsToAnswer<I, O> source, OutputStream out) {
    try (RowStream<I, O> rows = source.open()) {
      BesideFormat<I, O> format = BesideFormat.of(source, rows);
      append(out, format.beginning(), format);
      BatchTally<I, O> tally = new BatchTally<>(limits, new GrowingStream<>(out, format));
      return new BatchMachine<>(runner, limits, tally, OptionalLong.empty(), List.of())
          .run(iterator(Optional.empty(), rows, format, row -> false));
    }
  }

  private static void append(OutputStream out, String text, AnswerFormat<?, ?> format) {
    try {
      out.write(text.getBytes(format.file().encoding()));
      out.flush();
    } catch (IOException e) {
      throw new InvalidInputException(
          "The answers cannot be written: %s. Maybe the program that reads them has ended."
              .formatted(WholeFile.inWords(e)),
          e);
    }
  }

  private static void requireTwoFiles(Path in, Path out) {
    try {
      if (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) {
        throw InvalidInputException.of(
            "The file %s is both the input and the answers".formatted(in),
            "name another file for the answers");
      }
    } catch (IOException e) {
      // What is wrong with them is found when they are opened.
    }
  }

  private BatchReport run(String in, RowStream<I, O> rows, Path out, AnswerFormat<I, O> format) {
    boolean begun = Files.exists(out);
    try (RowFile file = RowFile.open(out, format.file().encoding())) {
      GrowingFile<I, O> answers = new GrowingFile<>(file, format);
      BatchTally<I, O> tally = new BatchTally<>(limits, answers);
      Optional<Row<I, O>> first = new Resumption<>(in, rows, file, format, tally).run();
      long written = begun ? tally.rows() : Long.MAX_VALUE;
      answers.goOn(RowsSetAside.read(out, runner.fingerprint(), written));
      return new BatchMachine<>(runner, limits, tally, OptionalLong.empty(), List.of())
          .run(iterator(first, rows, format, answers::has));
    } catch (UnwritableFileException e) {
      throw unwritable(out, e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "The answers in %s cannot be read: %s. Maybe name another file."
              .formatted(out, e.getMessage()),
          e);
    }
  }

  /** A stream of answers, with which no run goes on. */
  private record GrowingStream<I, O>(OutputStream out, AnswerFormat<I, O> format)
      implements BatchTally.Output<I, O> {
    @Override
    public void write(BatchRow<I, O> row) {
      append(out, format.text(row), format);
    }

    @Override
    public BatchTally.Late late() {
      return BatchTally.Late.WRITTEN;
    }
  }

  /** A file of answers, and the rows of an earlier run that could not be written in their turn. */
  private static final class GrowingFile<I, O> implements BatchTally.Output<I, O> {
    private final RowFile file;
    private final AnswerFormat<I, O> format;
    private @Nullable RowsSetAside aside;
    private long lastSeen;

    GrowingFile(RowFile file, AnswerFormat<I, O> format) {
      this.file = file;
      this.format = format;
    }

    /** To be called before the first row. */
    synchronized void goOn(RowsSetAside rows) {
      aside = rows;
    }

    private RowsSetAside aside() {
      return Objects.requireNonNull(aside);
    }

    /** Whether a row of the input, the one that was read last, has ended in an earlier run. */
    synchronized boolean has(Row<I, O> row) {
      lastSeen = row.number();
      Optional<String> ended = aside().row(row.number());
      if (ended.isPresent() && !isOf(row, ended.get())) {
        aside().drop(row.number());
        return false;
      }
      return ended.isPresent();
    }

    private boolean isOf(Row<I, O> row, String ended) {
      String end = format.file().lineEnd();
      if (!ended.endsWith(end)) {
        return false;
      }
      String text = file.asWritten(ended.substring(0, ended.length() - end.length()));
      return format
          .read(text)
          .filter(written -> written.complete() && format.isOf(file, text, written, row))
          .isPresent();
    }

    @Override
    public void write(BatchRow<I, O> row) {
      append(format.text(row));
    }

    @Override
    public synchronized boolean hasBefore(long number) {
      return aside().hasBefore(Math.min(number, lastSeen + 1));
    }

    @Override
    public synchronized void writeBefore(long number, BatchTally<I, O> tally) {
      while (hasBefore(number)) {
        append(aside().takeFirst());
        tally.keep("", "");
      }
    }

    @Override
    public synchronized void end() {
      aside().clear();
      writeAside();
    }

    @Override
    public BatchTally.Late late() {
      return BatchTally.Late.SET_ASIDE;
    }

    @Override
    public synchronized void setAside(List<BatchRow<I, O>> rows) {
      rows.forEach(row -> aside().put(row.number(), format.text(row)));
      writeAside();
    }

    private void writeAside() {
      try {
        aside().write();
      } catch (UnwritableFileException e) {
        throw unwritable(RowsSetAside.beside(file.file()), e);
      }
    }

    private void append(String text) {
      try {
        file.append(text);
      } catch (UnwritableFileException e) {
        throw unwritable(file.file(), e);
      }
    }
  }

  private static InvalidInputException unwritable(Path out, UnwritableFileException error) {
    return new InvalidInputException(
        "The answers cannot be written to %s: %s. Maybe %s."
            .formatted(out, error.problem(), error.fix()),
        error);
  }

  private static <I, O> Iterator<Row<I, O>> iterator(
      Optional<Row<I, O>> first,
      RowStream<I, O> rows,
      AnswerFormat<I, O> format,
      Predicate<Row<I, O>> ended) {
    return new Iterator<>() {
      private Optional<Row<I, O>> next = first;

      @Override
      public boolean hasNext() {
        next = next.or(rows::next);
        while (next.isPresent() && ended.test(next.get())) {
          next = rows.next();
        }
        return next.isPresent();
      }

      @Override
      public Row<I, O> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Row<I, O> row = next.orElseThrow();
        format.begun(row);
        next = Optional.empty();
        return row;
      }
    };
  }
}
