package dev.hone.spark;

import static org.apache.spark.sql.functions.col;

import dev.hone.context.Spend;
import dev.hone.spark.ledger.LedgerTotals;
import dev.hone.text.Plural;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many rows were answered, and what was paid for them over all starts of a run. Rows are
 * counted as they stand in the output, each once. Cost is counted as it was paid, each attempt that
 * came back: also of tasks that failed later, of speculative attempts whose answers were not taken,
 * and of retries of the model. Immutable.
 */
public final class SparkReport {
  private final long rows;
  private final Map<String, Long> failures;
  private final LedgerTotals paid;

  private SparkReport(long rows, Map<String, Long> failures, LedgerTotals paid) {
    this.rows = rows;
    this.failures = failures;
    this.paid = paid;
  }

  static SparkReport of(Dataset<Row> answers, LedgerTotals paid) {
    long rows = 0;
    Map<String, Long> failures = new TreeMap<>();
    String kind = HoneSpark.COLUMN + ".failure.kind";
    for (Row group : answers.groupBy(col(kind)).count().collectAsList()) {
      rows += group.getLong(1);
      if (!group.isNullAt(0)) {
        failures.put(group.getString(0), group.getLong(1));
      }
    }
    return new SparkReport(rows, Collections.unmodifiableMap(new LinkedHashMap<>(failures)), paid);
  }

  /** The rows of the output. */
  public long rows() {
    return rows;
  }

  /** The rows that were answered. */
  public long answered() {
    return rows - failed();
  }

  /** The rows that failed. */
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many rows failed, by the class of the failure, in the order of their names. */
  public Map<String, Long> failures() {
    return failures;
  }

  /** What was paid, over all starts, attempts and executors. */
  public Spend spend() {
    return paid.spend();
  }

  /**
   * The rows that were paid for, counted each time: more than {@link #rows} where two attempts did.
   */
  public long rowsPaid() {
    return paid.lines();
  }

  /**
   * The rows that may have been paid for beyond what is counted, at most: what was under way where
   * an executor or the driver was killed, and calls that were interrupted where a task failed or
   * lost to its speculative copy. 0 if nothing was killed or interrupted.
   */
  public long lostAtMost() {
    return paid.lost();
  }

  /** The attempts of tasks, over all starts. */
  public long attempts() {
    return paid.attempts();
  }

  /** One line, such as {@code 10 rows, 1 failed; paid: 11 model calls, 0 cached, 330 tokens}. */
  @Override
  public String toString() {
    return "%s, %d failed; paid: %s%s"
        .formatted(
            Plural.of(rows, "row"),
            failed(),
            spend(),
            lostAtMost() == 0
                ? ""
                : "; at most " + Plural.of(lostAtMost(), "row") + " more, lost by kills");
  }
}
