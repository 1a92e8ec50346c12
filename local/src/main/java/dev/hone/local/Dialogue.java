package dev.hone.local;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells dialogues from records and notes, which have lines of the same form. In a dialogue a
 * speaker, whose name is written as names are ({@code Anna}, not {@code ANNA} or {@code anna}),
 * returns after another has spoken, and no line lists phrases between semicolons.
 */
final class Dialogue {
  private static final Pattern TURN =
      Pattern.compile("^(\\p{Lu}\\p{L}*\\p{Ll}[\\p{L}\\p{N} ]{0,60}):\\h+([^;]*\\S)$");

  private Dialogue() {}

  /**
   * Whether a speaker returns after another one within a run of lines {@code Name: words}, which a
   * line of another form ends.
   */
  static boolean isIn(String text) {
    Set<String> seen = new HashSet<>();
    String last = "";
    for (String line : text.lines().toList()) {
      Matcher turn = TURN.matcher(line.strip());
      String name = turn.matches() ? turn.group(1) : "";
      if (name.isEmpty()) {
        seen.clear();
      } else if (!name.equals(last) && !seen.add(name)) {
        return true;
      }
      last = name;
    }
    return false;
  }
}
