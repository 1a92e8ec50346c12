package dev.hone.batch;

import dev.hone.context.Spend;
import dev.hone.row.RowText;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a batch went: how many rows were answered, refused and failed, what they cost, and the errors
 * by their class. Immutable.
 */
public final class BatchReport {
  private static final int COUNT = 8;
  private static final int CLASS = 26;
  private static final int PROBLEM = 80;

  private final long answered;
  private final long refused;
  private final long failed;
  private final long kept;
  private final long setAside;
  private final Spend spend;
  private final Map<String, ErrorGroup> errorsByClass;

  BatchReport(
      long answered,
      long refused,
      long failed,
      long kept,
      long setAside,
      Spend spend,
      Map<String, ErrorGroup> errorsByClass) {
    this.answered = answered;
    this.refused = refused;
    this.failed = failed;
    this.kept = kept;
    this.setAside = setAside;
    this.spend = spend;
    this.errorsByClass = Collections.unmodifiableMap(new LinkedHashMap<>(errorsByClass));
  }

  /**
   * The errors of one class.
   *
   * @param count the rows
   * @param firstRow the number of the first of them
   * @param firstProblem what was wrong with the first, in words
   */
  public record ErrorGroup(long count, long firstRow, String firstProblem) {
    ErrorGroup plusOne() {
      return new ErrorGroup(count + 1, firstRow, firstProblem);
    }
  }

  /** All rows, those of earlier runs included that are in the file. */
  public long rows() {
    return answered + refused + failed;
  }

  /** The rows that were answered. */
  public long answered() {
    return answered;
  }

  /** The rows whose content was refused. */
  public long refused() {
    return refused;
  }

  /** The rows that failed for any other reason. */
  public long failed() {
    return failed;
  }

  /** The rows that an earlier run had written to the file; 0 where there is no file. */
  public long kept() {
    return kept;
  }

  /**
   * The rows of this run that were answered after the one that ended it early, and wait beside the
   * file for the run that goes on; 0 where there is no file. They are counted nowhere else here,
   * but what they cost is in {@link #spend}.
   */
  public long setAside() {
    return setAside;
  }

  /** What this run cost; not what earlier runs did, whose rows it found in the file. */
  public Spend spend() {
    return spend;
  }

  /**
   * The errors of the rows that were refused or failed, by the name of their class, in the order in
   * which they first occurred; read-only.
   */
  public Map<String, ErrorGroup> errorsByClass() {
    return errorsByClass;
  }

  /** The errors by class as a table of text: rows, class, and the first of each. */
  public String table() {
    List<String> lines = new ArrayList<>();
    lines.add(line("rows", "what became of them", "the first"));
    lines.add(line(String.valueOf(answered), "answered", ""));
    errorsByClass.forEach(
        (name, group) ->
            lines.add(
                line(
                    String.valueOf(group.count()),
                    name,
                    "row %d: %s".formatted(group.firstRow(), group.firstProblem()))));
    return String.join("\n", lines);
  }

  private static String line(String rows, String name, String first) {
    String text = RowText.right(rows, COUNT) + "  " + RowText.left(name, CLASS) + "  ";
    return (text + RowText.left(first, PROBLEM)).stripTrailing();
  }

  /**
   * One line, such as {@code 1000 rows: 990 answered, 2 refused, 8 failed; 1002 model calls, …}.
   */
  @Override
  public String toString() {
    return "%s: %d answered, %d refused, %d failed%s%s; %s"
        .formatted(
            Plural.of(rows(), "row"),
            answered,
            refused,
            failed,
            kept == 0 ? "" : ", " + kept + " of them by an earlier run",
            setAside == 0 ? "" : ", " + setAside + " more set aside",
            spend);
  }
}
