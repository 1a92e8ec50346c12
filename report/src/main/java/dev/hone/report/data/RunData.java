package dev.hone.report.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run.
 *
 * @param schema the version of the form of this record
 * @param head what it is, when it began and how it ended
 * @param plan what it was to do
 * @param stages its stages so far, in order
 * @param trials what was evaluated so far, in order
 * @param candidates what there was to choose from
 * @param result what was found; null before there is a result
 * @param cost what it cost so far
 * @param failures what failed so far, by kind, the most frequent first
 * @param waits when calls waited for a model that was away
 * @param comparison the program before and after on the same examples; null before there are both
 * @param provenance what the run was made from
 * @param sent what each predictor sends for one example; empty if that is not known
 */
public record RunData(
    int schema,
    RunHead head,
    RunPlan plan,
    List<StageEntry> stages,
    List<TrialEntry> trials,
    CandidateEntries candidates,
    @Nullable ResultEntry result,
    CostEntry cost,
    List<FailureEntry> failures,
    List<WaitEntry> waits,
    @Nullable ComparisonEntry comparison,
    ProvenanceEntry provenance,
    List<SentEntry> sent) {
  /** The version of the form that is written. */
  public static final int SCHEMA = 1;

  /** A copy that is called something else. */
  public RunData withName(String name) {
    return new RunData(
        schema,
        head.withName(name),
        plan,
        stages,
        trials,
        candidates,
        result,
        cost,
        failures,
        waits,
        comparison,
        provenance,
        sent);
  }

  /** Fills in what is missing. */
  public RunData {
    head = head == null ? RunHead.NONE : head;
    plan = plan == null ? RunPlan.NONE : plan;
    stages = Given.list(stages);
    trials = Given.list(trials);
    candidates = candidates == null ? CandidateEntries.NONE : candidates;
    cost = cost == null ? CostEntry.NONE : cost;
    failures = Given.list(failures);
    waits = Given.list(waits);
    sent = Given.list(sent);
    provenance = provenance == null ? ProvenanceEntry.NONE : provenance;
  }
}
