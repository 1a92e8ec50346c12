package dev.hone.optimize.copro;

import dev.hone.context.Spend;
import dev.hone.optimize.FinishReason;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.task.ReportWording;
import dev.hone.text.Plural;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run of COPRO went. Immutable.
 *
 * @param baseline what the program scored as it was given
 * @param best what the returned program scored; the baseline if nothing was better
 * @param attempts every instruction that was tried, in order; the originals first
 * @param spendByStage what each stage cost: {@code baseline}, {@code propose}, {@code evaluate}
 * @param spendByModel what each model cost, by its id
 * @param duration wall-clock time
 * @param finishReason why it ended
 * @param degraded whether a proposal failed, or all of them repeated what was known, so that the
 *     result may be worse than it could be
 * @param problems what a user should know, in sentences
 */
public record CoproReport(
    StateScore baseline,
    StateScore best,
    List<CoproAttempt> attempts,
    Map<String, Spend> spendByStage,
    Map<String, Spend> spendByModel,
    Duration duration,
    FinishReason finishReason,
    boolean degraded,
    List<String> problems) {
  /** Copies the lists and maps. */
  public CoproReport {
    attempts = List.copyOf(attempts);
    spendByStage = Collections.unmodifiableMap(new LinkedHashMap<>(spendByStage));
    spendByModel = Collections.unmodifiableMap(new LinkedHashMap<>(spendByModel));
    problems = List.copyOf(problems);
  }

  /** What the whole run cost. */
  public Spend spend() {
    return spendByStage.values().stream().reduce(Spend.NONE, Spend::plus);
  }

  /** Whether something was better than the program as it was given. */
  public boolean improved() {
    return best.scoreMean() > baseline.scoreMean();
  }

  /** A line per attempt and a summary, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (CoproAttempt attempt : attempts) {
      text.append(
          "%d  %-16s %-24s%s %s%n"
              .formatted(
                  attempt.round(),
                  attempt.predictor(),
                  attempt.score().map(StateScore::toString).orElse("not scored"),
                  attempt.improved() ? " +" : "  ",
                  attempt.instruction().lines().findFirst().orElse("")));
    }
    text.append(
        "%s -> %s, %s, %s"
            .formatted(
                baseline,
                best,
                ReportWording.of(finishReason),
                Plural.of(spend().lmCalls(), "model call")));
    return text.append(ReportWording.notes(problems)).toString();
  }
}
