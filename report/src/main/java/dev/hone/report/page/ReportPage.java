package dev.hone.report.page;

import dev.hone.report.data.RunData;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;

/**
 * The page of a report.
 *
 * @param runs the runs
 * @param scale how scores are written
 * @param life whether it changes while it is open
 */
public record ReportPage(List<RunView> runs, Scale scale, PageLife life) {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, ReportPage.class.getClassLoader(), "dev.hone.report.template");

  /** The page of some runs. */
  public static String html(List<RunData> runs, PageLife life) {
    Scale scale = Scale.of(runs);
    List<RunView> views = RunView.all(runs, scale);
    boolean running = runs.stream().anyMatch(run -> run.head().running());
    ReportPage page = new ReportPage(views, scale, running ? life : PageLife.STILL);
    StringOutput output = new StringOutput(1 << 16);
    ENGINE.render("report.jte", page, output);
    return output.toString();
  }

  /** What stands in the browser's tab. */
  public String title() {
    return runs.size() == 1
        ? "%s: %s".formatted(runs.get(0).name(), runs.get(0).headline().word())
        : runs.size() + " runs side by side";
  }

  /** When something was last known of any of the runs, as ISO 8601. */
  public String updatedAt() {
    return runs.stream()
        .map(run -> run.data().head().updatedAt())
        .max(String::compareTo)
        .orElse("");
  }

  /** The chart of the best of each run over its calls. */
  public String bestChart() {
    return ChartData.bests(runs, scale);
  }
}
