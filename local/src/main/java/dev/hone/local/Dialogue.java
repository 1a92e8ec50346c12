package dev.hone.local;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells dialogues from records and notes, which have lines of the same form. In a dialogue a
 * speaker returns after another has spoken; records and notes name each thing once in a run.
 */
final class Dialogue {
  private static final Pattern LINE = Pattern.compile("^([\\p{L}_][^:\\n]{0,60}):(.*)$");

  private Dialogue() {}

  /**
   * Whether a name returns after another one within a run of lines {@code name: words}, which a
   * line of another form or a heading ends.
   */
  static boolean isIn(String text) {
    Set<String> seen = new HashSet<>();
    String last = "";
    for (String line : text.lines().toList()) {
      Matcher turn = LINE.matcher(line.strip());
      if (!turn.matches() || turn.group(2).isBlank()) {
        seen.clear();
        last = "";
      } else {
        String name = turn.group(1);
        if (!name.equals(last) && !seen.add(name)) {
          return true;
        }
        last = name;
      }
    }
    return false;
  }
}
