package dev.hone.text;

/**
 * Names as models and people write them: two that differ in case, spaces, underscores and hyphens
 * only have the same folded form.
 */
public final class FoldedName {
  private FoldedName() {}

  /** A name without case, and without any white space, underscores and hyphens. */
  public static String of(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (" \t\n\u000b\f\r_-".indexOf(c) < 0) {
        kept.append(withoutCase(c));
      }
    }
    return kept.toString();
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
        kept.append(withoutCase(c));
      }
    }
    return kept.toString();
  }

  /** A name without case. */
  static String withoutCase(String name) {
    StringBuilder result = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      result.append(withoutCase(name.charAt(i)));
    }
    return result.toString();
  }

  /**
   * Sign by sign, in a time that grows with the length only. {@link String#toLowerCase} makes two
   * signs of some capitals, and takes the square of their number for it.
   */
  private static char withoutCase(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '_' || c == '-' || c == '\u00a0';
  }

  private static boolean isLetterOrDigit(String name, int index) {
    return Character.isLetterOrDigit(name.charAt(index));
  }
}
