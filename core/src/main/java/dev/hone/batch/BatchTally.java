package dev.hone.batch;

import dev.hone.batch.BatchReport.ErrorGroup;
import dev.hone.context.Spend;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows in order, counts them, passes them on, and ends the batch where a limit is
 * exceeded. Where no limit is set, the first rows are passed on once one of them was answered, so
 * that nothing is kept of a batch that cannot work. Thread-safe.
 */
final class BatchTally<I, O> {
  private static final int FIRST_ROWS = 20;

  private final BatchLimits limits;
  private final Output<I, O> out;
  private final List<BatchRow<I, O>> held = new ArrayList<>();
  private final Map<String, ErrorGroup> errors = new LinkedHashMap<>();
  private boolean watchesFirst;
  private int run;
  private long answered;
  private long refused;
  private long failed;
  private long kept;
  private long setAside;
  private Spend spend = Spend.NONE;
  private @Nullable RuntimeException first;

  BatchTally(BatchLimits limits, Output<I, O> out) {
    this.limits = limits;
    this.out = out;
    this.watchesFirst = !limits.isSet();
  }

  /** Where rows go. */
  @FunctionalInterface
  interface Output<I, O> {
    /** Takes the next row. */
    void write(BatchRow<I, O> row);

    /** Whether there are rows of an earlier run, not yet written, before the one of a number. */
    default boolean hasBefore(long number) {
      return false;
    }

    /** Writes the rows of an earlier run before the one of a number, and counts them as kept. */
    default void writeBefore(long number, BatchTally<I, O> tally) {}

    /** All rows are written. */
    default void end() {}

    /** What becomes of answered rows that ended after the one that ended the batch. */
    default Late late() {
      return Late.LEFT_OUT;
    }

    /** Keeps such rows, in order, for the run that goes on. */
    default void setAside(List<BatchRow<I, O>> rows) {
      throw new UnsupportedOperationException();
    }
  }

  /** What becomes of answered rows that ended after the one that ended the batch. */
  enum Late {
    /** They are no part of the rows so far, which are the same with any number of threads. */
    LEFT_OUT,
    /** They are written with a gap before them, since no run goes on. */
    WRITTEN,
    /** They wait for the run that goes on. */
    SET_ASIDE
  }

  /** Counts a row that an earlier run has written. */
  synchronized void keep(String errorClass, String problem) {
    kept++;
    count(errorClass, problem);
    watchesFirst &= answered == 0;
  }

  /**
   * Takes the next row.
   *
   * @throws BatchFailedException if a limit is exceeded
   */
  synchronized void take(BatchRow<I, O> row) {
    writeBefore(row.number());
    count(row.errorClass(), row.problem());
    spend = spend.plus(row.spend());
    if (watchesFirst) {
      watch(row);
    } else {
      out.write(row);
    }
    if (row instanceof BatchRow.Failed<I, O> failure) {
      check(failure);
    }
  }

  private void writeBefore(long number) {
    if (out.hasBefore(number)) {
      release();
      out.writeBefore(number, this);
    }
  }

  /** All rows were taken. */
  synchronized void end() {
    release();
    writeBefore(Long.MAX_VALUE);
    out.end();
  }

  /**
   * Takes rows that ended after the one that ended the batch, in order: what they cost is counted,
   * and those that were answered are written or set aside, where that can be.
   */
  synchronized void takeLate(List<BatchRow<I, O>> rows) {
    for (BatchRow<I, O> row : rows) {
      spend = spend.plus(row.spend());
    }
    List<BatchRow<I, O>> late =
        rows.stream().filter(row -> row instanceof BatchRow.Answered<I, O>).toList();
    if (out.late() == Late.SET_ASIDE) {
      out.setAside(late);
      setAside += late.size();
    } else if (out.late() == Late.WRITTEN) {
      for (BatchRow<I, O> row : late) {
        count(row.errorClass(), row.problem());
        out.write(row);
      }
    }
  }

  private void count(String errorClass, String problem) {
    if (errorClass.isEmpty()) {
      answered++;
      return;
    } else if (errorClass.equals(BatchRow.REFUSED)) {
      refused++;
    } else {
      failed++;
    }
    ErrorGroup group = errors.get(errorClass);
    errors.put(errorClass, group == null ? new ErrorGroup(1, rows(), problem) : group.plusOne());
  }

  /** A row that could not be read says nothing of whether the program works. */
  private void watch(BatchRow<I, O> row) {
    held.add(row);
    run += row.example().isPresent() ? 1 : 0;
    if (row instanceof BatchRow.Answered<I, O> || held.size() > 10 * FIRST_ROWS) {
      release();
    } else if (run == FIRST_ROWS) {
      held.clear();
      ErrorGroup group = errors.values().iterator().next();
      throw BatchFailedException.of(
          "None of the first %d rows was answered: %s. The first, row %d: %s Maybe try one row with program.run; set maxErrors if they may all fail."
              .formatted(FIRST_ROWS, counts(), group.firstRow(), group.firstProblem()),
          row.error().orElse(null),
          report());
    }
  }

  /** Passes on what was held back; to be called at the end of the batch, however it ends. */
  synchronized void release() {
    watchesFirst = false;
    List<BatchRow<I, O>> rows = List.copyOf(held);
    held.clear();
    rows.forEach(out::write);
  }

  private void check(BatchRow.Failed<I, O> failure) {
    first = first == null ? failure.error().orElse(null) : first;
    boolean share =
        rows() >= BatchLimits.LEAST_ROWS_FOR_RATE && failed > limits.maxErrorRate() * rows();
    if (failed > limits.maxErrors() || share) {
      String limit =
          share
              ? String.format(Locale.ROOT, "maxErrorRate allows %s of them", limits.maxErrorRate())
              : "maxErrors allows " + limits.maxErrors();
      throw BatchFailedException.of(
          "%d of %s failed, and %s: %s. Row %d: %s"
              .formatted(
                  failed,
                  Plural.of(rows(), "row"),
                  limit,
                  counts(),
                  failure.number(),
                  failure.problem()),
          first,
          report());
    }
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    errors.forEach((name, group) -> counts.add(group.count() + " " + name));
    return String.join(", ", counts);
  }

  synchronized long rows() {
    return answered + refused + failed;
  }

  /** The counts so far. */
  synchronized BatchReport report() {
    return new BatchReport(answered, refused, failed, kept, setAside, spend, errors);
  }
}
