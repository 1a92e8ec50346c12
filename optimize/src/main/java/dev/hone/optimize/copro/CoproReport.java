package dev.hone.optimize.copro;

import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.StateScore;
import dev.hone.optimize.task.ReportWording;
import dev.hone.text.Plural;
import java.util.List;

/**
 * How a run of COPRO went. Its stages are {@code baseline}, {@code propose} and {@code evaluate}.
 * Immutable.
 */
public final class CoproReport extends OptimizationReport {
  private final List<CoproAttempt> attempts;
  private final boolean degraded;

  CoproReport(List<CoproAttempt> attempts, boolean degraded, RunFigures figures) {
    super(figures);
    this.attempts = List.copyOf(attempts);
    this.degraded = degraded;
  }

  /** What the program scored as it was given. */
  public StateScore baseline() {
    return baselineScore().orElseThrow();
  }

  /** What the returned program scored; the baseline if nothing was better. */
  public StateScore best() {
    return bestScore().orElseThrow();
  }

  /** Every instruction that was tried, in order; the originals first. */
  public List<CoproAttempt> attempts() {
    return attempts;
  }

  /**
   * Whether a proposal failed, or all of them repeated what was known, so that the result may be
   * worse than it could be.
   */
  public boolean degraded() {
    return degraded;
  }

  /** Whether something was better than the program as it was given. */
  public boolean improved() {
    return best().scoreMean() > baseline().scoreMean();
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
                baseline(),
                best(),
                ReportWording.of(finishReason()),
                Plural.of(spend().lmCalls(), "model call")));
    return text.append(ReportWording.notes(notes())).toString();
  }
}
