package dev.hone.batch;

import dev.hone.context.Spend;
import dev.hone.data.Example;
import dev.hone.data.RowStream.Row;
import dev.hone.lm.LmException;
import dev.hone.row.RowFailure;
import dev.hone.row.RowText;
import java.util.Optional;

/**
 * What became of one row: it was answered, its content was refused, or it failed. Only Hone makes
 * rows. Immutable.
 *
 * @param <I> the type of the input
 * @param <O> the type of the output
 */
public abstract sealed class BatchRow<I, O> {
  /** The class of the errors of refused rows. */
  static final String REFUSED = LmException.ContentRefused.class.getSimpleName();

  private final long number;
  private final int line;
  private final Spend spend;

  private BatchRow(Row<I, O> row, Spend spend) {
    this.number = row.number();
    this.line = row.line();
    this.spend = spend;
  }

  /** Its number, counted from 1; empty lines and the header of a file do not count. */
  public final long number() {
    return number;
  }

  /** The line of its file at which it begins, counted from 1; 0 for a row of no file. */
  public final int line() {
    return line;
  }

  /** What it cost: the calls of the program for it, whichever context makes them. */
  public final Spend spend() {
    return spend;
  }

  /** The example; empty for a row of a file that could not be read. */
  public abstract Optional<Example<I, O>> example();

  /** What the program returned; empty if it did not. */
  public Optional<O> output() {
    return Optional.empty();
  }

  /** What was thrown; empty for a row that was answered. */
  public Optional<RuntimeException> error() {
    return Optional.empty();
  }

  /**
   * Why there is no answer, in a sentence of at most 500 characters where it is no error of Hone's;
   * holds nothing that looks like a credential. Empty for a row that was answered.
   */
  public final String problem() {
    return error().map(RowFailure::words).orElse("");
  }

  /**
   * The class of the error, such as {@code UnparsableReplyException} or {@code ContentRefused}: of
   * the first one of Hone's among what was thrown and its causes; of all refused rows {@code
   * ContentRefused}. Empty for a row that was answered.
   */
  public String errorClass() {
    return error().map(RowFailure::className).orElse("");
  }

  /** One line, such as {@code Failed[row 3, the reply could not be read]}. */
  @Override
  public String toString() {
    String what = output().map(RowText::of).orElseGet(this::problem);
    return "%s[row %d, %s]".formatted(getClass().getSimpleName(), number, what);
  }

  /**
   * The program returned an output.
   *
   * @param <I> the type of the input
   * @param <O> the type of the output
   */
  public static final class Answered<I, O> extends BatchRow<I, O> {
    private final Example<I, O> example;
    private final Example<I, O> answered;

    Answered(Row<I, O> row, Example<I, O> example, Example<I, O> answered, Spend spend) {
      super(row, spend);
      this.example = example;
      this.answered = answered;
    }

    @Override
    public Optional<Example<I, O>> example() {
      return Optional.of(example);
    }

    /** The example with the output as its label, and its extras. */
    public Example<I, O> answered() {
      return answered;
    }

    @Override
    public Optional<O> output() {
      return Optional.of(answered.expected());
    }
  }

  /**
   * The provider refused the content, or its filter cut the reply.
   *
   * @param <I> the type of the input
   * @param <O> the type of the output
   */
  public static final class Refused<I, O> extends BatchRow<I, O> {
    private final Example<I, O> example;
    private final RuntimeException error;

    Refused(Row<I, O> row, Example<I, O> example, RuntimeException error, Spend spend) {
      super(row, spend);
      this.example = example;
      this.error = error;
    }

    @Override
    public String errorClass() {
      return REFUSED;
    }

    @Override
    public Optional<Example<I, O>> example() {
      return Optional.of(example);
    }

    @Override
    public Optional<RuntimeException> error() {
      return Optional.of(error);
    }
  }

  /**
   * There is no answer for any other reason: the row of the file is bad, no reply could be read,
   * the model was not available, the program threw, or returned what is no output.
   *
   * @param <I> the type of the input
   * @param <O> the type of the output
   */
  public static final class Failed<I, O> extends BatchRow<I, O> {
    private final Optional<Example<I, O>> example;
    private final RuntimeException error;

    Failed(Row<I, O> row, RuntimeException error, Spend spend) {
      super(row, spend);
      this.example = row.example();
      this.error = error;
    }

    @Override
    public Optional<Example<I, O>> example() {
      return example;
    }

    @Override
    public Optional<RuntimeException> error() {
      return Optional.of(error);
    }
  }
}
