package dev.hone.optimize.candidate;

import dev.hone.context.Spend;
import dev.hone.optimize.task.ReportWording;
import dev.hone.text.Plural;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How bootstrapping went.
 *
 * @param tried runs of the teacher
 * @param succeeded runs that reached the threshold
 * @param errors runs that threw, or could not be scored
 * @param bestRejectedScore the best score that was not enough; empty if none was rejected
 * @param metricThreshold the least score of a successful run
 * @param demosByPredictor the number of demos that each predictor got
 * @param spend what it cost
 * @param warnings what a user should know, in sentences; empty if all went well
 */
public record BootstrapReport(
    int tried,
    int succeeded,
    int errors,
    OptionalDouble bestRejectedScore,
    double metricThreshold,
    Map<String, Integer> demosByPredictor,
    Spend spend,
    java.util.List<String> warnings) {
  /** Copies the map and the list. */
  public BootstrapReport {
    demosByPredictor = Map.copyOf(demosByPredictor);
    warnings = java.util.List.copyOf(warnings);
  }

  /** One line for people, without the warnings. */
  public String summary() {
    return "%d of %s succeeded (threshold %s), demos %s, %s"
        .formatted(
            succeeded,
            Plural.of(tried, "teacher run"),
            metricThreshold,
            demosByPredictor,
            Plural.of(spend.lmCalls(), "model call"));
  }

  /** The summary, and a line per warning. */
  @Override
  public String toString() {
    return summary() + ReportWording.notes(warnings);
  }
}
