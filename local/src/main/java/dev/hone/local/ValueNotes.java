package dev.hone.local;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a text says about values: lines such as {@code HIGH: threats; calls for violence}. The part
 * after the colon is split into phrases at semicolons. A name has up to 40 letters, digits, spaces,
 * hyphens and underscores; a bullet before it and quotes, backticks and stars around it do not
 * count.
 */
final class ValueNotes {
  /** The name under which notes describe an empty list. */
  static final String NONE = "none";

  private static final int LONGEST_NAME = 40;

  /** A name, with room for what decorates it. */
  private static final int LONGEST_HEAD = 60;

  private ValueNotes() {}

  /** The phrases of every line that has the form of a note, by the name before the colon. */
  static Map<String, List<String>> in(String text) {
    Map<String, Set<String>> notes = new LinkedHashMap<>();
    text.lines()
        .map(String::strip)
        .forEach(
            line -> {
              List<String> phrases = phrases(line);
              if (!phrases.isEmpty()) {
                notes.computeIfAbsent(name(line), n -> new LinkedHashSet<>()).addAll(phrases);
              }
            });
    Map<String, List<String>> result = new LinkedHashMap<>();
    notes.forEach((name, phrases) -> result.put(name, List.copyOf(phrases)));
    return result;
  }

  /** Whether a line has the form of a note. */
  static boolean isNote(String line) {
    return !phrases(line.strip()).isEmpty();
  }

  /** The name that a line describes; empty if it is no note. */
  private static String name(String line) {
    int colon = line.indexOf(':');
    boolean note =
        colon > 0
            && colon <= LONGEST_HEAD
            && colon + 1 < line.length()
            && Character.isWhitespace(line.charAt(colon + 1));
    if (!note) {
      return "";
    }
    String head = line.substring(0, colon);
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

  /** What a line says of the name that it describes; empty if it is no note. */
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
