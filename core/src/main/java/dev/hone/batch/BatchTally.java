package dev.hone.batch;

import dev.hone.batch.BatchReport.ErrorGroup;
import dev.hone.context.Spend;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows in order, counts them, passes them on, and ends the batch where a limit is
 * exceeded. Where no limit is set, the first rows are passed on once one of them was answered, so
 * that nothing is kept of a batch that cannot work. Thread-safe.
 */
final class BatchTally<I, O> {
  private static final int FIRST_ROWS = 20;

  private final BatchLimits limits;
  private final Consumer<? super BatchRow<I, O>> passOn;
  private final List<BatchRow<I, O>> held = new ArrayList<>();
  private final Map<String, ErrorGroup> errors = new LinkedHashMap<>();
  private boolean watchesFirst;
  private int run;
  private long answered;
  private long refused;
  private long failed;
  private long kept;
  private Spend spend = Spend.NONE;
  private @Nullable RuntimeException first;

  BatchTally(BatchLimits limits, Consumer<? super BatchRow<I, O>> passOn) {
    this.limits = limits;
    this.passOn = passOn;
    this.watchesFirst = !limits.isSet();
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
    count(row.errorClass(), row.problem());
    spend = spend.plus(row.spend());
    if (watchesFirst) {
      watch(row);
    } else {
      passOn.accept(row);
    }
    if (row instanceof BatchRow.Failed<I, O> failure) {
      check(failure);
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
    errors.put(
        errorClass, group == null ? new ErrorGroup(1, rows(), problem) : group.plusOne());
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
    rows.forEach(passOn);
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
    return new BatchReport(answered, refused, failed, kept, spend, errors);
  }
}
