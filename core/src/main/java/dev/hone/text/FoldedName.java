package dev.hone.text;

import java.util.Locale;

/**
 * Names as models and people write them: two that differ in case, spaces, underscores and hyphens
 * only have the same folded form.
 */
public final class FoldedName {
  private FoldedName() {}

  /** A name in lower case, without any white space, underscores and hyphens. */
  public static String of(String name) {
    return name.replaceAll("[\\s_-]+", "").toLowerCase(Locale.ROOT);
  }

  /**
   * A name with neither case nor the spaces, underscores and hyphens between its letters and
   * digits; those at its edges stay, since +1 is not -1. A no-break space counts as a space.
   */
  public static String keepingEdges(String name) {
    int first = 0;
    int last = name.length() - 1;
    while (first <= last && !isLetterOrDigit(name, first)) {
      first++;
    }
    while (last > first && !isLetterOrDigit(name, last)) {
      last--;
    }
    StringBuilder kept = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isSeparator(c) || i < first || i > last) {
        kept.append(Character.toLowerCase(Character.toUpperCase(c)));
      }
    }
    return kept.toString();
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '_' || c == '-' || c == '\u00a0';
  }

  private static boolean isLetterOrDigit(String name, int index) {
    return Character.isLetterOrDigit(name.charAt(index));
  }
}
