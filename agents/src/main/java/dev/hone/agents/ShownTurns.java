package dev.hone.agents;

import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;

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

  /** Long texts are shortened, and images left out, which take much room. */
  private static Turn shortened(Turn turn) {
    return turn.withResults(turn.results().stream().map(ShownTurns::shortened).toList());
  }

  private static ToolResult shortened(ToolResult result) {
    int images = result.images().size();
    String text = shortened(result.text());
    String note = "[%s left out here]".formatted(Plural.of(images, "image"));
    return MessagePart.toolResult(
        result.callId(),
        result.name(),
        images == 0 ? text : text.isEmpty() ? note : text + "\n" + note,
        result.isError());
  }

  private static String shortened(String text) {
    int left = text.length() - KEPT_HEAD - KEPT_TAIL;
    return left <= KEPT_TAIL ? text : Excerpt.withoutMiddle(text, KEPT_HEAD, KEPT_TAIL);
  }
}
