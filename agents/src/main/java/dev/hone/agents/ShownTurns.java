package dev.hone.agents;

import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;

/**
 * The turns of a run, and which of them the model is still shown: where they do not fit into its
 * window, the older half is left out, then the results of the last one are shortened. Not
 * thread-safe.
 */
final class ShownTurns {
  /** How often a run may make room, since every time costs a call that fails. */
  static final int MOST_CUTS = 8;

  private static final int KEPT_HEAD = 1_500;
  private static final int KEPT_TAIL = 500;

  private Trajectory all = Trajectory.empty();
  private Trajectory shown = Trajectory.empty();
  private int cuts;

  void add(Turn turn) {
    all = all.plus(turn);
    shown = shown.plus(turn);
  }

  /** Every turn of the run. */
  Trajectory all() {
    return all;
  }

  /** The turns that the model is shown, which say how many are left out. */
  Trajectory shown() {
    return shown;
  }

  /** Leaves something out, if that is possible. */
  boolean makeRoom() {
    int turns = shown.turns().size();
    if (turns == 0 || cuts == MOST_CUTS) {
      return false;
    }
    cuts++;
    if (turns > 1) {
      shown = shown.withoutOldest((turns + 1) / 2);
      return true;
    }
    Turn last = shown.turns().get(0);
    Turn shorter = shortened(last);
    if (shorter.equals(last)) {
      return false;
    }
    shown = shown.withLast(shorter);
    return true;
  }

  private static Turn shortened(Turn turn) {
    List<ToolResult> results = new ArrayList<>();
    for (ToolResult result : turn.results()) {
      results.add(
          MessagePart.toolResult(
              result.callId(), result.name(), shortened(result.text()), result.isError()));
    }
    return new Turn(turn.thought(), turn.calls(), results);
  }

  private static String shortened(String text) {
    int left = text.length() - KEPT_HEAD - KEPT_TAIL;
    return left <= KEPT_TAIL ? text : Excerpt.withoutMiddle(text, KEPT_HEAD, KEPT_TAIL);
  }
}
