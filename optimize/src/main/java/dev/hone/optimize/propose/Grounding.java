package dev.hone.optimize.propose;

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

  /** What was found, in a phrase. */
  @Override
  public String toString() {
    return "data summary %s, program description %s"
        .formatted(
            datasetSummary.isEmpty() ? "absent" : "present",
            programDescription.isEmpty() ? "absent" : "present");
  }
}
