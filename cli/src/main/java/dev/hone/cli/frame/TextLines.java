package dev.hone.cli.frame;

import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Fits texts that a model or a user wrote into the lines of a terminal. */
public final class TextLines {
  /** From here on writing systems have characters of two columns. */
  private static final int FIRST_WIDE = 0x1100;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\r\\t]]");

  private TextLines() {}

  /** A text on one line of at most a width, without control characters. */
  public static String cut(String text, int width) {
    return Excerpt.of(text.replaceAll("[\\s\\p{Cntrl}]+", " "), width);
  }

  /**
   * The most columns of a terminal that a text of one line takes: characters of writing systems
   * that may be wide, and emoji, count as two.
   */
  public static int columns(String text) {
    return text.codePoints().map(TextLines::columns).sum();
  }

  private static int columns(int codePoint) {
    boolean narrow = codePoint < FIRST_WIDE || codePoint >= 0x2010 && codePoint <= 0x22FF;
    return narrow ? 1 : 2;
  }

  /** A text on one line of at most this number of columns. */
  public static String cutToColumns(String text, int most) {
    String line = cut(text, Math.max(1, text.length()));
    if (columns(line) <= most) {
      return line;
    }
    StringBuilder kept = new StringBuilder();
    int taken = 1;
    for (int codePoint : line.codePoints().toArray()) {
      taken += columns(codePoint);
      if (taken > most) {
        break;
      }
      kept.appendCodePoint(codePoint);
    }
    return kept + "…";
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

  /** A text whose control characters, but for line ends and tabs, are shown and do nothing. */
  public static String harmless(String text) {
    return CONTROL.matcher(text).replaceAll("\uFFFD");
  }
}
