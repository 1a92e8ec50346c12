package dev.hone.batch;

import dev.hone.data.Dataset;
import dev.hone.row.RowText;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the rows of a dataset. Immutable.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the outputs
 */
public final class BatchResult<I, O> {
  private static final int INPUT = 34;
  private static final int OUTPUT = 44;
  private static final int KIND = 8;
  private static final int SHOWN_ROWS = 20;

  private final List<BatchRow<I, O>> rows;
  private final BatchReport report;

  BatchResult(List<BatchRow<I, O>> rows, BatchReport report) {
    this.rows = List.copyOf(rows);
    this.report = report;
  }

  /** A row per example, in the order of the dataset; read-only. */
  public List<BatchRow<I, O>> rows() {
    return rows;
  }

  /** The rows that were answered, as examples whose labels are the outputs, with their extras. */
  public Dataset<I, O> answered() {
    return Dataset.of(
        rows.stream()
            .filter(BatchRow.Answered.class::isInstance)
            .map(row -> ((BatchRow.Answered<I, O>) row).answered())
            .toList());
  }

  /** The counts, the cost and the errors by class. */
  public BatchReport report() {
    return report;
  }

  /** The first 20 rows as a table of text: number, kind, input, and output or problem. */
  public String table() {
    int width = Math.max(4, String.valueOf(rows.size()).length());
    List<String> lines = new ArrayList<>();
    lines.add(line(width, "#", List.of("row", "input", "output or problem")));
    rows.stream()
        .limit(SHOWN_ROWS)
        .forEach(row -> lines.add(line(width, String.valueOf(row.number()), cells(row))));
    if (rows.size() > SHOWN_ROWS) {
      lines.add("and %d more".formatted(rows.size() - SHOWN_ROWS));
    }
    return String.join("\n", lines);
  }

  private static List<String> cells(BatchRow<?, ?> row) {
    return List.of(
        row.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT),
        row.example().map(example -> RowText.of(example.input())).orElse(""),
        row.output().<String>map(RowText::of).orElseGet(row::problem));
  }

  private static String line(int width, String number, List<String> cells) {
    String text =
        RowText.right(number, width)
            + "  "
            + RowText.left(cells.get(0), KIND)
            + "  "
            + RowText.left(cells.get(1), INPUT)
            + "  "
            + RowText.left(cells.get(2), OUTPUT);
    return text.stripTrailing();
  }

  /** The report in one line. */
  @Override
  public String toString() {
    return report.toString();
  }
}
