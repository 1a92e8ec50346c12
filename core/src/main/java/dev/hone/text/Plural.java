package dev.hone.text;

/** Counts in words, for messages. */
public final class Plural {
  private Plural() {}

  /** A number with its noun, such as {@code 1 example} or {@code 3 examples}. */
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
