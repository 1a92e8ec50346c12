package dev.hone.report.page;

import dev.hone.report.data.RunData;
import java.util.List;

/** The page of a report. */
public final class ReportPage {
  private ReportPage() {}

  /** The page of some runs. */
  public static String html(List<RunData> runs, PageLife life) {
    return "<!doctype html><title>Hone</title><p>" + runs.size() + " " + life;
  }
}
