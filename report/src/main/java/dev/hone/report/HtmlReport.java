package dev.hone.report;

import dev.hone.InvalidInputException;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.report.page.PageLife;
import dev.hone.report.page.ReportPage;
import java.nio.file.Path;
import java.util.List;

/**
 * The report of one run, or of several side by side: one HTML file that holds all it needs, loads
 * nothing and sends nothing. Its size is bounded, however many examples the runs had. Immutable.
 */
public final class HtmlReport {
  private final List<RunRecord> records;

  private HtmlReport(List<RunRecord> records) {
    this.records = records;
  }

  /** The report of a run. */
  public static HtmlReport of(RunRecord record) {
    return of(List.of(record));
  }

  /**
   * The report of several runs side by side, each in full below.
   *
   * @throws InvalidInputException if there is none
   */
  public static HtmlReport of(List<RunRecord> records) {
    if (records.isEmpty()) {
      throw InvalidInputException.of("A report of no run was asked for", "name a run folder");
    }
    return new HtmlReport(List.copyOf(records));
  }

  /**
   * Writes the file, as a whole or not at all.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public void write(Path file) {
    write(file, PageLife.STILL);
  }

  void write(Path file, PageLife life) {
    try {
      new WholeFile(file, "report.html").write(html(life));
    } catch (UnwritableFileException e) {
      throw new InvalidInputException(
          "%s: the report cannot be written: %s. Maybe %s.".formatted(file, e.problem(), e.fix()),
          e);
    }
  }

  /** The page. */
  public String html() {
    return html(PageLife.STILL);
  }

  String html(PageLife life) {
    return ReportPage.html(records.stream().map(RunRecord::data).toList(), life);
  }
}
