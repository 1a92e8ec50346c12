package dev.hone.batch;

import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happens while a batch runs. A batch starts, and finishes or fails; within it, each row
 * starts and finishes, or stays unfinished where the batch ends. Start and end have the same id in
 * their stamp; a row has its batch's id as its parent, and the steps of the program have the row's.
 * Immutable.
 */
public abstract class BatchEvent implements Event {
  private final EventStamp stamp;

  BatchEvent(EventStamp stamp) {
    this.stamp = stamp;
  }

  @Override
  public final EventStamp stamp() {
    return stamp;
  }

  /** Returns what the visitor returns for this kind of event. */
  public abstract <R> R accept(Visitor<R> visitor);

  /**
   * Distinguishes the kinds of events. Further kinds go to {@link #otherwise} until they are
   * overridden.
   *
   * @param <R> what it gives
   */
  public interface Visitor<R> {
    /** Any kind that is not overridden. */
    R otherwise(BatchEvent event);

    /** A batch started. */
    default R visit(BatchStarted event) {
      return otherwise(event);
    }

    /** A batch finished. */
    default R visit(BatchFinished event) {
      return otherwise(event);
    }

    /** A batch failed. */
    default R visit(BatchFailed event) {
      return otherwise(event);
    }

    /** A row started. */
    default R visit(RowStarted event) {
      return otherwise(event);
    }

    /** A row finished. */
    default R visit(RowFinished event) {
      return otherwise(event);
    }

    /** A row was begun and not finished. */
    default R visit(RowUnfinished event) {
      return otherwise(event);
    }
  }

  /** A batch started. */
  public static final class BatchStarted extends BatchEvent {
    private final OptionalLong rows;

    BatchStarted(EventStamp stamp, OptionalLong rows) {
      super(stamp);
      this.rows = rows;
    }

    /** The number of rows; empty for a file, whose rows are counted as they come. */
    public OptionalLong rows() {
      return rows;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A batch ended after its last row. */
  public static final class BatchFinished extends BatchEvent {
    private final BatchReport report;

    BatchFinished(EventStamp stamp, BatchReport report) {
      super(stamp);
      this.report = report;
    }

    /** How it went. */
    public BatchReport report() {
      return report;
    }

    @Override
    public Optional<String> headline() {
      long errors = report.refused() + report.failed();
      return Optional.of(
          "%d of %d answered%s"
              .formatted(
                  report.answered(), report.rows(), errors == 0 ? "" : ", " + errors + " not"));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A batch ended before its last row, such as by a spent budget. */
  public static final class BatchFailed extends BatchEvent {
    private final Throwable error;

    BatchFailed(EventStamp stamp, Throwable error) {
      super(stamp);
      this.error = error;
    }

    /** Why it ended. */
    public Throwable error() {
      return error;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A row started: the program runs on it. */
  public static final class RowStarted extends BatchEvent {
    private final long number;

    RowStarted(EventStamp stamp, long number) {
      super(stamp);
      this.number = number;
    }

    /** The number of the row, counted from 1. */
    public long number() {
      return number;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A row was answered, was refused or failed. */
  public static final class RowFinished extends BatchEvent {
    private final BatchRow<?, ?> row;
    private final long done;
    private final OptionalLong rows;

    RowFinished(EventStamp stamp, BatchRow<?, ?> row, long done, OptionalLong rows) {
      super(stamp);
      this.row = row;
      this.done = done;
      this.rows = rows;
    }

    /** What became of it. */
    public BatchRow<?, ?> row() {
      return row;
    }

    /** The number of rows that are done, this one and those of earlier runs included. */
    public long done() {
      return done;
    }

    /** The number of rows; empty for a file. */
    public OptionalLong rows() {
      return rows;
    }

    @Override
    public Optional<String> headline() {
      return Optional.of(rows.isPresent() ? done + " of " + rows.getAsLong() : done + " rows");
    }

    @Override
    public boolean isCount() {
      return true;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A row was begun, and gave no result: it ended the batch, or the batch ended around it. */
  public static final class RowUnfinished extends BatchEvent {
    private final long number;
    private final Throwable error;

    RowUnfinished(EventStamp stamp, long number, Throwable error) {
      super(stamp);
      this.number = number;
      this.error = error;
    }

    /** The number of the row, counted from 1. */
    public long number() {
      return number;
    }

    /** What ended it, such as a spent budget or an interrupt. */
    public Throwable error() {
      return error;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
