package dev.hone.optimize.propose;

import dev.hone.optimize.candidate.InstructionCandidate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * An earlier instruction with the mean score of the trials that used it.
 *
 * @param candidate the instruction
 * @param scoreMean the mean score, as the metric gives it
 */
public record ScoredInstruction(InstructionCandidate candidate, double scoreMean) {
  /** Earlier instructions with their scores; the worst are left out of too many. */
  static String text(List<ScoredInstruction> history) {
    Deque<String> shown = new ArrayDeque<>();
    int length = 0;
    for (int i = history.size() - 1; i >= 0; i--) {
      ScoredInstruction item = history.get(i);
      String text =
          String.format(Locale.ROOT, "score %.3f: %s", item.scoreMean(), item.candidate().text());
      length += text.length();
      if (length > Truncation.LIST && !shown.isEmpty()) {
        shown.addFirst("… (left out: the worst %d of %d)".formatted(i + 1, history.size()));
        break;
      }
      shown.addFirst(text);
    }
    return String.join("\n\n", shown);
  }
}
