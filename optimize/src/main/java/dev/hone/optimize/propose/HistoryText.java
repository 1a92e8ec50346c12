package dev.hone.optimize.propose;

import dev.hone.optimize.propose.choose.ScoredInstruction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Earlier instructions with their scores as text for the proposer, worst first. */
final class HistoryText {
  private HistoryText() {}

  /** Earlier instructions with their scores; the worst are left out of too many. */
  static String of(List<ScoredInstruction> history) {
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
