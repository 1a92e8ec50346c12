package dev.hone.report.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a candidate.
 *
 * @param number its number, from 1
 * @param label what was evaluated, in a phrase; empty where the choices say it
 * @param kind {@code full} or {@code minibatch}
 * @param choice how it was chosen: {@code baseline}, {@code random}, {@code guided}, {@code
 *     enumerated}, {@code promoted} or {@code candidate}
 * @param choices the number of what was chosen by its name, such as {@code self.instructions}
 * @param score what it scored; null if it has no score
 * @param failed examples whose program failed
 * @param unscored examples without a score
 * @param leader what the search believed in afterwards; null if nothing
 * @param spend what it cost, and the time it took
 * @param callsSoFar calls of the whole run until its end
 * @param atSeconds when it ended
 */
public record TrialEntry(
    int number,
    String label,
    String kind,
    String choice,
    Map<String, Integer> choices,
    @Nullable ScoreEntry score,
    int failed,
    int unscored,
    @Nullable LeaderEntry leader,
    SpendEntry spend,
    long callsSoFar,
    double atSeconds) {
  /** Fills in what is missing. */
  public TrialEntry {
    label = Given.text(label);
    kind = Given.text(kind);
    choice = Given.text(choice);
    choices = Given.map(choices);
    spend = spend == null ? SpendEntry.NONE : spend;
    atSeconds = Given.finite(atSeconds);
  }

  /** A copy with what the search believed in afterwards. */
  public TrialEntry withLeader(LeaderEntry value) {
    return new TrialEntry(
        number,
        label,
        kind,
        choice,
        choices,
        score,
        failed,
        unscored,
        value,
        spend,
        callsSoFar,
        atSeconds);
  }

  /** Whether it is one on all examples. */
  public boolean full() {
    return kind.equals("full");
  }
}
