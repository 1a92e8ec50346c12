package dev.hone.cli.progress;

import dev.hone.cli.frame.TextLines;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the line of a terminal says: the stage, a bar where it is known how much is done, and as
 * many facts as there is room for. Never wider than asked for.
 *
 * @param stage the stage's name
 * @param share how much of it is done, 0 to 1; empty if that is not known
 * @param facts further facts, the most important first
 */
record BarText(String stage, OptionalDouble share, List<String> facts) {
  private static final int LEAST_BAR = 6;
  private static final int MOST_BAR = 30;
  private static final String GAP = "  ";

  /** The line in at most this number of columns. */
  String in(int columns) {
    String head = TextLines.cutToColumns(stage, Math.max(LEAST_BAR, columns * 2 / 5));
    int room = columns - TextLines.columns(head);
    for (int count = facts.size(); count > 0; count--) {
      String tail = GAP + String.join(GAP, facts.subList(0, count));
      String bar = share.isPresent() ? bar(room - TextLines.columns(tail)) : "";
      if (TextLines.columns(bar + tail) <= room && (!bar.isEmpty() || share.isEmpty())) {
        return head + bar + tail;
      }
    }
    return TextLines.cutToColumns(head + bar(room), columns);
  }

  /** The bar with its share in percent; empty where there is no room for one. */
  private String bar(int room) {
    if (share.isEmpty()) {
      return "";
    }
    double done = Math.max(0, Math.min(1, share.getAsDouble()));
    String percent = String.format(Locale.ROOT, " %3d %%", (int) Math.floor(100 * done));
    int cells = Math.min(MOST_BAR, room - GAP.length() - 2 - percent.length());
    if (cells < LEAST_BAR) {
      return "";
    }
    int full = (int) Math.floor(cells * done);
    return GAP + "[" + "#".repeat(full) + "-".repeat(cells - full) + "]" + percent;
  }
}
