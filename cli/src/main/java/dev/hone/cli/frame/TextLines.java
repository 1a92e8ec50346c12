package dev.hone.cli.frame;

import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Fits texts that a model or a user wrote into the lines of a terminal. */
public final class TextLines {
  private TextLines() {}

  /** A text on one line of at most a width, without control characters. */
  public static String cut(String text, int width) {
    return Excerpt.of(text.replaceAll("[\\s\\p{Cntrl}]+", " "), width);
  }

  /**
   * A text in lines of at most a width, the first behind a label, the others indented by as much.
   */
  public static List<String> wrapped(String label, String text, int width) {
    List<String> lines = new ArrayList<>();
    String indent = " ".repeat(label.length());
    for (String paragraph : text.split("\\R")) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split("[\\s\\p{Cntrl}]+")) {
        if (label.length() + line.length() + 1 + word.length() > width && !line.isEmpty()) {
          lines.add((lines.isEmpty() ? label : indent) + line);
          line = new StringBuilder();
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add((lines.isEmpty() ? label : indent) + line);
    }
    return lines;
  }
}
