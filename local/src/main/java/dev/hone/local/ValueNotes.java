package dev.hone.local;

import java.util.Arrays;
import java.util.List;

/**
 * What a text states about values: lines such as {@code HIGH: threats; calls for violence}. The
 * part after the colon is split into phrases at semicolons. A name has up to 40 letters, digits,
 * spaces, hyphens and underscores; a bullet before it and quotes, backticks and stars around it do
 * not count. A line that is a name and a colon only is a heading: the notes below it, up to a blank
 * line, are on the field of that name.
 */
final class ValueNotes {
  /** The name under which notes describe an empty list. */
  static final String NONE = "none";

  private static final int LONGEST_NAME = 40;

  /** A name, with room for what decorates it. */
  private static final int LONGEST_HEAD = 60;

  private ValueNotes() {}

  /** Every line that has the form of a note, with the heading that it stands below. */
  static List<ValueDescription> in(String text) {
    ValueDescription.Gatherer notes = new ValueDescription.Gatherer();
    String heading = "";
    for (String raw : text.lines().toList()) {
      String line = raw.strip();
      List<String> phrases = phrases(line);
      if (!phrases.isEmpty()) {
        notes.add(heading, name(line), phrases);
      } else if (line.isEmpty() || line.endsWith(":")) {
        heading = line.isEmpty() ? "" : headName(line.substring(0, line.length() - 1));
      }
    }
    return notes.notes();
  }

  /** Whether a line could be a heading: a name and a colon, with nothing after it. */
  static boolean isHeading(String line) {
    String text = line.strip();
    return text.endsWith(":") && !headName(text.substring(0, text.length() - 1)).isEmpty();
  }

  /** The name that a line describes; empty if it is not a note. */
  private static String name(String line) {
    int colon = line.indexOf(':');
    boolean note =
        colon > 0 && colon + 1 < line.length() && Character.isWhitespace(line.charAt(colon + 1));
    return note ? headName(line.substring(0, colon)) : "";
  }

  /** The name in what is before a colon; empty if that is not a name. */
  private static String headName(String head) {
    if (head.length() > LONGEST_HEAD) {
      return "";
    }
    boolean bullet = head.startsWith("-") || head.startsWith("*");
    String name = undecorated(bullet ? head.substring(1) : head);
    return name.length() <= LONGEST_NAME && name.codePoints().allMatch(ValueNotes::isNamePart)
        ? name
        : "";
  }

  private static String undecorated(String head) {
    int start = 0;
    int end = head.length();
    while (start < end && isDecoration(head.charAt(start))) {
      start++;
    }
    while (end > start && isDecoration(head.charAt(end - 1))) {
      end--;
    }
    return head.substring(start, end);
  }

  private static boolean isDecoration(char c) {
    return "\"'`*".indexOf(c) >= 0 || Character.isWhitespace(c);
  }

  private static boolean isNamePart(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ' ' || c == '-';
  }

  /** What a line states of the name that it describes; empty if it is not a note. */
  private static List<String> phrases(String line) {
    if (name(line).isEmpty()) {
      return List.of();
    }
    return Arrays.stream(line.substring(line.indexOf(':') + 1).split(";"))
        .map(String::strip)
        .filter(phrase -> !phrase.isEmpty())
        .toList();
  }
}
