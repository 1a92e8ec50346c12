package dev.hone.optimize.randomsearch;

import dev.hone.context.Spend;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.candidate.BootstrapReport;
import dev.hone.optimize.task.ReportWording;
import dev.hone.text.Plural;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a random search over demos went. Immutable.
 *
 * @param candidates every candidate that was begun, in order; the first is the program as it was
 *     given
 * @param best the one that was returned
 * @param bootstrap how bootstrapping went; empty if there was none
 * @param spendByStage what each stage cost: {@code baseline}, {@code bootstrap}, {@code evaluate}
 * @param duration wall-clock time
 * @param finishReason why it ended
 * @param problems what a user should know, in sentences
 */
public record BootstrapRandomSearchReport(
    List<Scored> candidates,
    Scored best,
    Optional<BootstrapReport> bootstrap,
    Map<String, Spend> spendByStage,
    Duration duration,
    FinishReason finishReason,
    List<String> problems) {
  /** Copies the lists and the map. */
  public BootstrapRandomSearchReport {
    candidates = List.copyOf(candidates);
    spendByStage = Collections.unmodifiableMap(new LinkedHashMap<>(spendByStage));
    problems = List.copyOf(problems);
  }

  /**
   * A candidate with what it scored on the validation set.
   *
   * @param candidate the candidate
   * @param score what it scored; empty if it could not be scored
   */
  public record Scored(CandidateProgram candidate, Optional<StateScore> score) {
    /** Ties go to fewer demos, then to the earlier one. */
    boolean beats(Scored other) {
      if (score.isEmpty()) {
        return false;
      }
      StateScore mine = score.get();
      StateScore theirs = other.score.orElseThrow();
      return mine.beats(theirs)
          || (mine.scoreMean() == theirs.scoreMean()
              && mine.unscoredExamples() <= theirs.unscoredExamples()
              && candidate.demos() < other.candidate.demos());
    }
  }

  /** What the program scored as it was given. */
  public StateScore baseline() {
    return candidates.get(0).score().orElseThrow();
  }

  /** What the whole run cost. */
  public Spend spend() {
    return spendByStage.values().stream().reduce(Spend.NONE, Spend::plus);
  }

  /** A table of the candidates, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Scored scored : candidates) {
      text.append(
          "%-28s %-24s %-14s %s%s%n"
              .formatted(
                  scored.candidate().label(),
                  scored.score().map(StateScore::toString).orElse("not scored"),
                  scored.score().map(s -> Plural.of(s.examples(), "example")).orElse(""),
                  scored.candidate().demosByPredictor(),
                  scored.equals(best) ? "  <- best" : ""));
    }
    text.append(
        "%s, %s"
            .formatted(ReportWording.of(finishReason), Plural.of(spend().lmCalls(), "model call")));
    return text.append(ReportWording.notes(problems)).toString();
  }
}
