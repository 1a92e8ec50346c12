package dev.hone.cli;

import java.util.ArrayList;
import java.util.List;

/** Fits texts that a model or a user wrote into the lines of a terminal. */
public final class TextLines {
  private TextLines() {}

  /** A text on one line of at most so many characters, without control characters. */
  public static String cut(String text, int width) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    if (line.length() <= width) {
      return line;
    }
    int end = Math.max(0, width - 1);
    boolean splitsPair = end > 0 && Character.isHighSurrogate(line.charAt(end - 1));
    return line.substring(0, splitsPair ? end - 1 : end) + "…";
  }

  /** A text in lines of at most a width, the first behind a label, the others indented alike. */
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
