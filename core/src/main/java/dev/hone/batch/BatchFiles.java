package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.RowStream;
import dev.hone.data.RowStream.Row;
import dev.hone.data.Source;
import dev.hone.file.RowFile;
import dev.hone.file.UnwritableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A batch from one file to another.
 *
 * @param in the rows to read
 * @param out the file to write, or to go on with
 * @param columns how the columns of the input are its fields
 * @param fields the columns of the output
 */
record BatchFiles<I, O>(
    Path in,
    Path out,
    Columns columns,
    RowColumns<I, O> fields,
    RowRunner<I, O> runner,
    BatchLimits limits) {

  BatchReport runJsonl() {
    requireTwoFiles();
    try (var rows = RowStream.ofJsonl(Source.of(in), fields.signature(), columns.inputsOnly())) {
      return run(rows, AnswerFormat.jsonl(fields));
    }
  }

  BatchReport runCsv() {
    requireTwoFiles();
    try (var rows = RowStream.ofCsv(Source.of(in), fields.signature(), columns.inputsOnly())) {
      return run(rows, AnswerFormat.csv(fields, rows.extraColumns()));
    }
  }

  private void requireTwoFiles() {
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

  private BatchReport run(RowStream<I, O> rows, AnswerFormat<I, O> format) {
    try (RowFile file = RowFile.open(out)) {
      BatchTally<I, O> tally = new BatchTally<>(limits, row -> append(file, format.text(row)));
      Optional<Row<I, O>> first = new Resumption<>(in, rows, file, format, tally).run();
      return new BatchMachine<>(runner, limits, tally, OptionalLong.empty(), List.of())
          .run(iterator(first, rows));
    } catch (UnwritableFileException e) {
      throw unwritable(e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "The answers in %s cannot be read: %s. Maybe name another file."
              .formatted(out, e.getMessage()),
          e);
    }
  }

  private void append(RowFile file, String text) {
    try {
      file.append(text);
    } catch (UnwritableFileException e) {
      throw unwritable(e);
    }
  }

  private InvalidInputException unwritable(UnwritableFileException error) {
    return new InvalidInputException(
        "The answers cannot be written to %s: %s. Maybe %s."
            .formatted(out, error.problem(), error.fix()),
        error);
  }

  private static <I, O> Iterator<Row<I, O>> iterator(
      Optional<Row<I, O>> first, RowStream<I, O> rows) {
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
        next = Optional.empty();
        return row;
      }
    };
  }
}
