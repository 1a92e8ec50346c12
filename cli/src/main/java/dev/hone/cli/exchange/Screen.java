package dev.hone.cli.exchange;

import dev.hone.cli.frame.Terminal;
import dev.hone.cli.frame.TextLines;
import java.util.ArrayList;
import java.util.List;

/**
 * What standard output is: its width, and whether it takes colours. What is no terminal gets texts
 * as they are, without colours and without new line ends.
 *
 * @param columns its width
 * @param wraps whether lines are broken at words to fit
 * @param colours whether there are colours
 */
record Screen(int columns, boolean wraps, boolean colours) {
  private static final String RESET = "\u001b[0m";

  /** That of this process: {@code NO_COLOR} turns the colours off. */
  static Screen ofStandardOutput() {
    if (!Terminal.isOutput()) {
      return new Screen(Terminal.outputColumns(), false, false);
    }
    String none = System.getenv("NO_COLOR");
    return new Screen(Terminal.columns(), true, none == null || none.isEmpty());
  }

  /** A heading. */
  String heading(String text) {
    return colours ? "\u001b[1m" + text + RESET : text;
  }

  /** What is beside the point. */
  String faint(String text) {
    return colours ? "\u001b[2m" + text + RESET : text;
  }

  /** A line that is new or gone, by its first sign. */
  String change(String line) {
    String code = line.startsWith("+ ") ? "\u001b[32m" : line.startsWith("- ") ? "\u001b[31m" : "";
    return colours && !code.isEmpty() ? code + line + RESET : line;
  }

  /** A text in lines, each behind an indent. */
  List<String> lines(String text, String indent) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String shown = wraps ? visible(line) : line;
      if (wraps && TextLines.columns(shown) + indent.length() > columns) {
        lines.addAll(broken(shown, indent));
      } else {
        lines.add((indent + shown).stripTrailing());
      }
    }
    return lines;
  }

  /** A line in several, broken at blanks where there are any; what leads it is kept. */
  private List<String> broken(String line, String indent) {
    List<String> lines = new ArrayList<>();
    int width = Math.max(10, columns - indent.length());
    StringBuilder part = new StringBuilder();
    int taken = 0;
    int blank = -1;
    for (int c : line.codePoints().toArray()) {
      String sign = Character.toString(c);
      int wide = TextLines.columns(sign);
      if (taken + wide > width && !part.isEmpty()) {
        int cut = blank > width / 3 ? blank : part.length();
        lines.add((indent + part.substring(0, cut)).stripTrailing());
        part.delete(0, cut);
        taken = TextLines.columns(part.toString());
        blank = -1;
      }
      part.append(sign);
      taken += wide;
      if (c == ' ') {
        blank = part.length();
      }
    }
    lines.add((indent + part).stripTrailing());
    return lines;
  }

  /** A line without what would move the cursor or change colours of a terminal. */
  private static String visible(String line) {
    return line.replace("\t", "    ").replaceAll("\\p{Cntrl}", "�");
  }
}
