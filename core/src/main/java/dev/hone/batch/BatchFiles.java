package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.RowStream;
import dev.hone.data.RowStream.Row;
import dev.hone.data.Source;
import dev.hone.file.RowFile;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

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
      BatchTally<I, O> tally =
          new BatchTally<>(limits, row -> append(out, format.text(row), format));
      return new BatchMachine<>(runner, limits, tally, OptionalLong.empty(), List.of())
          .run(iterator(Optional.empty(), rows, format));
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
    try (RowFile file = RowFile.open(out, format.file().encoding())) {
      BatchTally<I, O> tally = new BatchTally<>(limits, row -> append(file, format.text(row)));
      Optional<Row<I, O>> first = new Resumption<>(in, rows, file, format, tally).run();
      return new BatchMachine<>(runner, limits, tally, OptionalLong.empty(), List.of())
          .run(iterator(first, rows, format));
    } catch (UnwritableFileException e) {
      throw unwritable(out, e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "The answers in %s cannot be read: %s. Maybe name another file."
              .formatted(out, e.getMessage()),
          e);
    }
  }

  private static void append(RowFile file, String text) {
    try {
      file.append(text);
    } catch (UnwritableFileException e) {
      throw unwritable(file.file(), e);
    }
  }

  private static InvalidInputException unwritable(Path out, UnwritableFileException error) {
    return new InvalidInputException(
        "The answers cannot be written to %s: %s. Maybe %s."
            .formatted(out, error.problem(), error.fix()),
        error);
  }

  private static <I, O> Iterator<Row<I, O>> iterator(
      Optional<Row<I, O>> first, RowStream<I, O> rows, AnswerFormat<I, O> format) {
    return new Iterator<>() {
      private Optional<Row<I, O>> next = first;

      @Override
      public boolean hasNext() {
        next = next.or(rows::next);
        return next.isPresent();
      }

      @Override
      public Row<I, O> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Row<I, O> row = next.orElseThrow();
        format.begun();
        next = Optional.empty();
        return row;
      }
    };
  }
}
