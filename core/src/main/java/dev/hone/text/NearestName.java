package dev.hone.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class NearestName {
  private NearestName() {}

  /** The nearest of some names by edits, in any case, if it is near enough to be meant. */
  public static Optional<String> of(String name, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(other -> edits(name, other)))
        .filter(other -> edits(name, other) <= Math.max(2, other.length() / 3))
        .filter(other -> edits(name, other) < other.length());
  }

  /**
   * Whether a name is another one misspelt: the same except for case, spaces, underscores and
   * hyphens, or for one letter in four, or two in six or more.
   */
  public static boolean isMisspelt(String name, String meant) {
    String a = FoldedName.of(name);
    String b = FoldedName.of(meant);
    int allowed = b.length() >= 6 ? 2 : b.length() >= 4 ? 1 : 0;
    return !a.isEmpty() && Math.abs(a.length() - b.length()) <= allowed && edits(a, b) <= allowed;
  }

  private static int edits(String first, String second) {
    String a = FoldedName.withoutCase(first);
    String b = FoldedName.withoutCase(second);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
