package dev.hone.report;

import dev.hone.report.page.PageLife;
import java.nio.file.Path;

/** Writes a page as a run that goes on does. */
public final class FollowingPage {
  private FollowingPage() {}

  /** Writes it. */
  public static void write(Path file, RunRecord record) {
    HtmlReport.of(record).write(file, PageLife.FILE);
  }
}
