package dev.hone.batch;

import dev.hone.context.Context;
import dev.hone.data.RowStream.Row;
import dev.hone.lm.LmException;
import dev.hone.observe.EventListener;
import dev.hone.observe.Span;
import dev.hone.row.RowsUnderWay;
import dev.hone.text.Plural;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs rows in order, several at once, within a window, and tells listeners of it. Whatever ends it
 * early carries the counts so far. Used once.
 */
final class BatchMachine<I, O> {
  /** Room for the rows that wait for one that is slow, per row under way. */
  private static final int WINDOW_PER_ROW = 16;

  private static final int LEAST_WINDOW = 256;
  private static final int MOST_WINDOW = 4096;

  private final RowRunner<I, O> runner;
  private final BatchLimits limits;
  private final BatchTally<I, O> tally;
  private final OptionalLong size;
  private final List<BatchRow<I, O>> soFar;
  private final RowsUnderWay underWay;
  private final AtomicLong done;

  /** The rows that ended and were not taken, since one before them has not ended. */
  private final ConcurrentSkipListMap<Long, BatchRow<I, O>> ended = new ConcurrentSkipListMap<>();

  /**
   * A machine that has not begun.
   *
   * @param size the number of rows, if it is known
   * @param soFar the rows that were handed on and are kept, for whatever ends it early
   */
  BatchMachine(
      RowRunner<I, O> runner,
      BatchLimits limits,
      BatchTally<I, O> tally,
      OptionalLong size,
      List<BatchRow<I, O>> soFar) {
    this.runner = runner;
    this.limits = limits;
    this.tally = tally;
    this.size = size;
    this.soFar = soFar;
    this.underWay = new RowsUnderWay("row", size.orElse(0) == 1);
    this.done = new AtomicLong(tally.rows());
  }

  /** Runs all rows, and counts them. */
  BatchReport run(Iterator<Row<I, O>> rows) {
    Context context = Context.current();
    for (EventListener listener : limits.listeners()) {
      context = context.withListener(listener);
    }
    Context inner = context.isObserved() ? context.within(context.span().child()) : context;
    Span span = inner.span();
    inner.emit(new BatchEvent.BatchStarted(span.stamp(), size));
    try {
      inner.run(() -> stream(rows));
      BatchReport report = tally.report();
      inner.emit(new BatchEvent.BatchFinished(span.stamp(), report));
      return report;
    } catch (Throwable e) {
      inner.emit(new BatchEvent.BatchFailed(span.stamp(), e));
      throw e;
    }
  }

  private void stream(Iterator<Row<I, O>> rows) {
    int calls = Math.min(limits.maxInFlight(), Context.current().workers().calls());
    int window = (int) Math.min(MOST_WINDOW, Math.max(LEAST_WINDOW, (long) WINDOW_PER_ROW * calls));
    try {
      Context.current()
          .workers()
          .streamApart(rows, limits.maxInFlight(), Math.max(window, calls), this::row, this::take);
      tally.end();
    } catch (BatchFailedException e) {
      takeLate(e);
      throw e.with(tally.report(), soFar);
    } catch (LmException.Interrupted e) {
      LmException.Interrupted interrupted =
          underWay.interrupted(
              "Interrupted after %s%s."
                  .formatted(
                      Plural.of(tally.rows(), "row"),
                      size.isPresent() ? " of " + size.getAsLong() : ""),
              "the program",
              e);
      addRows(interrupted);
      throw interrupted;
    } catch (RuntimeException | Error e) {
      addRows(e);
      throw e;
    }
  }

  private void addRows(Throwable end) {
    try {
      tally.release();
    } catch (RuntimeException e) {
      end.addSuppressed(e);
    }
    takeLate(end);
    end.addSuppressed(BatchFailedException.unfinished(tally.report(), soFar));
  }

  private void take(BatchRow<I, O> row) {
    ended.remove(row.number());
    tally.take(row);
  }

  /** They are paid for, whatever ended the batch before them. */
  private void takeLate(Throwable end) {
    try {
      tally.takeLate(List.copyOf(ended.values()));
    } catch (RuntimeException e) {
      end.addSuppressed(e);
    }
  }

  private BatchRow<I, O> row(Row<I, O> row) {
    BatchRow<I, O> result = runRow(row);
    ended.put(row.number(), result);
    return result;
  }

  private BatchRow<I, O> runRow(Row<I, O> row) {
    Context context = Context.current();
    return context.isObserved() ? watched(context.within(context.span().child()), row) : work(row);
  }

  private BatchRow<I, O> watched(Context context, Row<I, O> row) {
    Span span = context.span();
    context.emit(new BatchEvent.RowStarted(span.stamp(), row.number()));
    BatchRow<I, O> result;
    try {
      result = context.call(() -> work(row));
    } catch (Throwable e) {
      context.emit(new BatchEvent.RowUnfinished(span.stamp(), row.number(), e));
      throw e;
    }
    context.emit(new BatchEvent.RowFinished(span.stamp(), result, done.incrementAndGet(), size));
    return result;
  }

  private BatchRow<I, O> work(Row<I, O> row) {
    Object input = row.example().<Object>map(example -> example.input()).orElse("");
    return underWay.work(row.number(), input, () -> runner.run(row));
  }
}
