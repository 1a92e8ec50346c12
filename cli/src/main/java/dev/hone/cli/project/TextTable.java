package dev.hone.cli.project;

import dev.hone.cli.frame.Terminal;
import dev.hone.cli.frame.TextLines;
import java.util.ArrayList;
import java.util.List;

/** Columns of texts that fit a terminal: the widest give way. */
final class TextTable {
  private static final String GAP = "  ";
  private static final int LEAST = 8;

  private final List<List<String>> rows = new ArrayList<>();
  private final String indent;
  private final int width;

  TextTable(String indent, int width) {
    this.indent = indent;
    this.width = Math.max(40, width);
  }

  /** The columns of the terminal, 120 at most. */
  static int width() {
    return Math.min(120, Terminal.outputColumns());
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines() {
    if (rows.isEmpty()) {
      return List.of();
    }
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        String cell = TextLines.cutToColumns(row.get(i), widths[i]);
        line.append(cell);
        boolean last = i == row.size() - 1;
        line.append(last ? "" : " ".repeat(Math.max(0, widths[i] - TextLines.columns(cell))) + GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int[] widths() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], TextLines.columns(row.get(i)));
      }
    }
    int over = total(widths) - width;
    while (over > 0) {
      int widest = 0;
      for (int i = 1; i < columns; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        break;
      }
      widths[widest]--;
      over--;
    }
    return widths;
  }

  private int total(int[] widths) {
    int sum = indent.length() + GAP.length() * (widths.length - 1);
    for (int one : widths) {
      sum += one;
    }
    return sum;
  }
}
