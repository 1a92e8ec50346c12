package dev.hone.batch;

import dev.hone.HoneException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A batch that ended before its last row: more rows failed than its limit allows, or none of the
 * first ones was answered. What was found by then is in it, and for a file in the file. Where
 * something else ended the batch, such as a spent budget, that exception carries one of these.
 */
public final class BatchFailedException extends HoneException {
  private static final long serialVersionUID = 1L;

  private final transient BatchReport report;
  private final transient List<BatchRow<?, ?>> rows;

  private BatchFailedException(
      String message,
      @Nullable Throwable cause,
      BatchReport report,
      List<? extends BatchRow<?, ?>> rows) {
    super(message, cause);
    this.report = report;
    this.rows = List.copyOf(rows);
  }

  /** A batch that ended by a limit. */
  static BatchFailedException of(String message, @Nullable Throwable first, BatchReport report) {
    return new BatchFailedException(message, first, report, List.of());
  }

  /** What a batch had found when something else ended it. */
  static BatchFailedException unfinished(BatchReport report, List<? extends BatchRow<?, ?>> rows) {
    return new BatchFailedException("The batch ended early: " + report, null, report, rows);
  }

  /** The same with the rows so far, and with their counts. */
  BatchFailedException with(BatchReport counts, List<? extends BatchRow<?, ?>> soFar) {
    return new BatchFailedException(String.valueOf(getMessage()), getCause(), counts, soFar);
  }

  /**
   * What a batch had found when something ended it: a limit, a spent budget, a refused credential,
   * an interrupt.
   *
   * @param end what the batch threw
   * @return the exception itself if it is one of these, or the one that it carries among those
   *     {@linkplain Throwable#getSuppressed suppressed}
   */
  public static Optional<BatchFailedException> in(Throwable end) {
    return Stream.concat(Stream.of(end), Stream.of(end.getSuppressed()))
        .filter(BatchFailedException.class::isInstance)
        .map(BatchFailedException.class::cast)
        .reduce((first, second) -> second);
  }

  /** The counts so far. */
  public BatchReport report() {
    return report;
  }

  /** The rows so far of a batch over a dataset, in order; of a batch over a file none. */
  public List<BatchRow<?, ?>> rows() {
    return rows;
  }
}
