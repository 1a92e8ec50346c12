package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.context.MissingModelException;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.data.RowStream.Row;
import dev.hone.lm.LmException;
import dev.hone.observe.EventListener;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs a program over many rows, several at once, under the current context. Immutable and
 * thread-safe; settings are copies.
 *
 * <pre>{@code
 * BatchResult<Ticket, Label> result = BatchRun.of(program).run(tickets);
 * BatchReport report = BatchRun.of(program).runJsonl(in, out, Ticket.class, Label.class);
 * }</pre>
 *
 * <p>Rows are begun in order, and what became of them comes in order. A row that is refused or
 * fails costs no other. A refused credential, a spent budget, an interrupt and a program without a
 * model end the batch; so does a limit of failures, or, where none is set, that none of the first
 * 20 rows was answered. What was found by then is in the exception, see {@link
 * BatchFailedException#in}, and in the file.
 *
 * <p>Determinism: the same program, rows and replies give the same rows, with any number of
 * threads. When a batch ends early, rows behind the one that ended it may have been answered and
 * paid for: they wait in a file beside that of the answers for the run that goes on; of a dataset
 * they are left out, and their replies are in the context's cache. Cost: the program's model calls
 * per row. Progress: events ({@link BatchEvent}) for the listeners of the context and of this run.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class BatchRun<I, O> {
  private final Program<I, O> program;
  private final BatchLimits limits;

  private BatchRun(Program<I, O> program, BatchLimits limits) {
    this.program = program;
    this.limits = limits;
  }

  /**
   * Runs of a program, under the state it was made with.
   *
   * @throws InvalidInputException if it is null
   */
  public static <I, O> BatchRun<I, O> of(Program<I, O> program) {
    return new BatchRun<>(SettingCheck.given("program", program), BatchLimits.NONE);
  }

  /**
   * A copy that runs at most this number of rows at once. Default: as many as keep the calls in
   * flight that the context allows.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public BatchRun<I, O> maxInFlight(int value) {
    return new BatchRun<>(program, limits.withMaxInFlight(value));
  }

  /**
   * A copy that ends when more rows failed than this number, refused ones not counted, but those of
   * earlier runs in the file. Default: no limit; but see above of the first 20 rows.
   *
   * @throws InvalidInputException if it is negative
   */
  public BatchRun<I, O> maxErrors(long value) {
    return new BatchRun<>(program, limits.withMaxErrors(value));
  }

  /**
   * A copy that ends when a larger share than this of the rows so far failed, from the hundredth
   * row on; as {@link #maxErrors}. Default: no limit.
   *
   * @throws InvalidInputException if it is not between 0 and 1
   */
  public BatchRun<I, O> maxErrorRate(double value) {
    return new BatchRun<>(program, limits.withMaxErrorRate(value));
  }

  /**
   * A copy that notifies a listener of what happens, such as {@code Progress.console()}, beside
   * those of the context.
   *
   * @throws InvalidInputException if it is null
   */
  public BatchRun<I, O> listener(EventListener value) {
    return new BatchRun<>(program, limits.withListener(value));
  }

  /**
   * Runs the program on each example; labels are not looked at. Keeps all rows in memory.
   *
   * @throws BatchFailedException if a limit of failures ended it; carries the rows so far
   * @throws MissingModelException if the program calls a model and the context has none
   * @throws LmException if the credential is refused, the budget is spent or the thread
   *     interrupted. After an interrupt it comes back within two seconds: rows that ignore it are
   *     named and left behind on their daemon threads
   */
  public BatchResult<I, O> run(Dataset<I, O> dataset) {
    List<BatchRow<I, O>> rows = new ArrayList<>(dataset.size());
    BatchTally<I, O> tally = new BatchTally<>(limits, rows::add);
    Iterator<Example<I, O>> examples = dataset.iterator();
    Iterator<Row<I, O>> numbered =
        new Iterator<>() {
          private long number;

          @Override
          public boolean hasNext() {
            return examples.hasNext();
          }

          @Override
          public Row<I, O> next() {
            return new Row<>(++number, 0, Optional.of(examples.next()), Optional.empty());
          }
        };
    BatchReport report =
        new BatchMachine<>(
                new RowRunner<>(program), limits, tally, OptionalLong.of(dataset.size()), rows)
            .run(numbered);
    return new BatchResult<>(rows, report);
  }

  /**
   * Runs a program that is a single predictor from a file of JSON lines to another; see the last
   * one.
   *
   * @throws InvalidInputException if the program is another one, whose fields are not known
   */
  public BatchReport runJsonl(Path in, Path out) {
    return files().runJsonl(in, out, Columns.asNamed(), RowColumns.of(program));
  }

  /** Runs the program from a file of JSON lines to another; see the last one. */
  public BatchReport runJsonl(Path in, Path out, Class<I> input, Class<O> output) {
    return runJsonl(in, out, Signature.of(input, output, ""), Columns.asNamed());
  }

  /**
   * Runs the program on each row of a file of JSON lines, and writes a row for each, in order: its
   * inputs, outputs and extras, or instead of the outputs {@code error} and {@code error_class}.
   * Takes constant memory, whatever the number of rows.
   *
   * <p>A row is in the file as soon as it and all before it have ended. If the process is killed,
   * the same call goes on after the last whole row, once it has checked that the rows before it are
   * those of the input; what was under way is run again. So every row is there exactly once. Rows
   * that were refused or failed stay so; what is under way at the end is at most some thousand
   * rows. Where something else ends it, such as a spent budget, the rows behind that ended already
   * are set aside in {@code OUT.aside.jsonl}, and the same call takes them from there, unpaid.
   *
   * <p>A row that cannot be read is one that failed; it is written with its error only.
   *
   * @param in the rows to read
   * @param out the file to write, or to go on with; one process writes it at a time
   * @param signature the fields of the program's input and output
   * @param columns how the keys of the file are the input's fields; output fields that it has too
   *     are extras
   * @return the counts of all rows in the file
   * @throws InvalidInputException if a file cannot be read or written, or what is written is of
   *     another input or program
   * @throws BatchFailedException as {@link #run}; the rows so far are in the file
   * @throws LmException as {@link #run}
   */
  public BatchReport runJsonl(Path in, Path out, Signature<I, O> signature, Columns columns) {
    return files().runJsonl(in, out, columns, RowColumns.of(signature));
  }

  /**
   * Runs a program that is a single predictor from a CSV file to another; see the last one.
   *
   * @throws InvalidInputException if the program is another one, whose fields are not known
   */
  public BatchReport runCsv(Path in, Path out) {
    return files().runCsv(in, out, Columns.asNamed(), RowColumns.of(program));
  }

  /** Runs the program from a CSV file to another; see the last one. */
  public BatchReport runCsv(Path in, Path out, Class<I> input, Class<O> output) {
    return runCsv(in, out, Signature.of(input, output, ""), Columns.asNamed());
  }

  /**
   * Runs the program on each row of a CSV file, and writes a row for each, as {@link
   * #runJsonl(Path, Path, Signature, Columns)} does, under a header with the columns of inputs,
   * outputs, extras, {@code error} and {@code error_class}.
   */
  public BatchReport runCsv(Path in, Path out, Signature<I, O> signature, Columns columns) {
    return files().runCsv(in, out, columns, RowColumns.of(signature));
  }

  /**
   * Runs the program on each row, and writes it to a file as it stands, with its outputs beside it,
   * in the format in which it is read. Resumes as {@link #runJsonl(Path, Path, Signature, Columns)}
   * does.
   *
   * <p>CSV: the columns of the input, to the letter, those of the outputs, and {@code hone_error},
   * which is empty for a row that was answered, else the class of the error, a colon, and what is
   * wrong. Every row has as many cells as the header: of one that is no such row, the text is in
   * its first cell. JSON lines: the object of the input with the outputs as further keys, and
   * {@code hone_error} where there is an error; of a line that is no object, the text is in {@code
   * hone_line}. An output whose name the input has already is called {@code hone_} and its name.
   * Empty lines are left out. A character that the encoding cannot write stands as its escape in
   * JSON.
   *
   * @return the counts of all rows in the file
   * @throws InvalidInputException if a file cannot be read or written, the header lacks a field, or
   *     what is written is of another input or program
   * @throws BatchFailedException as {@link #run}; the rows so far are in the file
   * @throws LmException as {@link #run}
   */
  public BatchReport answer(RowsToAnswer<I, O> rows, Path out) {
    return files().answer(rows, out);
  }

  /**
   * Runs the program on each row, and writes it to a stream as {@link #answer(RowsToAnswer, Path)}
   * does; each row is flushed. The stream stays open. Nothing goes on with a stream: where the
   * batch ends early, rows that had ended behind the one that ended it are written after a gap.
   *
   * @throws InvalidInputException if the rows cannot be read, or the stream cannot be written
   * @throws BatchFailedException as {@link #run}; the rows so far are written
   * @throws LmException as {@link #run}
   */
  public BatchReport answer(RowsToAnswer<I, O> rows, OutputStream out) {
    return files().answer(rows, out);
  }

  private BatchFiles<I, O> files() {
    return new BatchFiles<>(new RowRunner<>(program), limits);
  }

  /** One line, such as {@code BatchRun[Predict[text -> label]]}. */
  @Override
  public String toString() {
    return "BatchRun[" + program + "]";
  }
}
