package dev.hone.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text says about values: lines such as {@code HIGH: threats; calls for violence}. The part
 * after the colon is split into phrases at semicolons.
 */
final class ValueNotes {
  /** The name under which notes describe an empty list. */
  static final String NONE = "none";

  private static final Pattern NOTE =
      Pattern.compile(
          "^\\s*(?:[-*]\\s*)?[\"'`*]*([\\p{L}\\p{N}_ -]{1,40}?)[\"'`*]*\\s*:\\s+(\\S.*)$");

  private ValueNotes() {}

  /** The phrases of every line that has the form of a note, by the name before the colon. */
  static Map<String, List<String>> in(String text) {
    Map<String, LinkedHashSet<String>> notes = new LinkedHashMap<>();
    for (String line : text.split("\\R", -1)) {
      Matcher note = NOTE.matcher(line);
      if (note.matches()) {
        Arrays.stream(note.group(2).split(";"))
            .map(String::strip)
            .filter(phrase -> !phrase.isEmpty())
            .forEach(
                phrase ->
                    notes
                        .computeIfAbsent(note.group(1).strip(), k -> new LinkedHashSet<>())
                        .add(phrase));
      }
    }
    Map<String, List<String>> result = new LinkedHashMap<>();
    notes.forEach((name, phrases) -> result.put(name, new ArrayList<>(phrases)));
    return result;
  }
}
