package dev.hone.optimize.propose;

import dev.hone.optimize.candidate.ProposerSettings;
import java.util.List;

/**
 * What the proposer knows of the task, found out once per run.
 *
 * @param datasetSummary what the data shows; empty if it is not data-aware, or the summary failed
 * @param programDescription what the program does; empty if it is not program-aware, or the
 *     description failed
 * @param failures what failed on the way, in sentences; a run with any is degraded
 */
public record Grounding(String datasetSummary, String programDescription, List<String> failures) {
  /** Copies the list. */
  public Grounding {
    failures = List.copyOf(failures);
  }

  /**
   * The most calls that finding it out takes, where no step fails.
   *
   * @param withSummary whether the data is summarized too
   */
  public static long mostCalls(ProposerSettings settings, int trainExamples, boolean withSummary) {
    int batch = settings.viewDataBatchSize();
    long summary =
        settings.dataAware() && withSummary
            ? Math.min(10, (trainExamples + batch - 1) / batch) + 1
            : 0;
    boolean described = settings.programDescription() != null;
    return summary + (settings.programAware() && !described ? 1 : 0);
  }

  /** Nothing, for a run that proposes nothing. */
  public static Grounding none() {
    return new Grounding("", "", List.of());
  }

  /** What was found, in a phrase. */
  @Override
  public String toString() {
    return "data summary %s, program description %s"
        .formatted(
            datasetSummary.isEmpty() ? "absent" : "present",
            programDescription.isEmpty() ? "absent" : "present");
  }
}
