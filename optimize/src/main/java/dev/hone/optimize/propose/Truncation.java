package dev.hone.optimize.propose;

/**
 * Bounds of what prompts are made of, in characters, so that neither a dataset nor a reply can make
 * them endless. What is cut says how much is missing.
 */
final class Truncation {
  /** One value of an example. */
  static final int VALUE = 600;

  /** What is shown of several examples, or of several earlier instructions, together. */
  static final int LIST = 100_000;

  /** A text that a model wrote. */
  static final int REPLY = 20_000;

  private Truncation() {}

  /** The beginning of a text, with the number of characters that are missing. */
  static String to(int most, String text) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    int missing = text.length() - end;
    String noun = missing == 1 ? " more character)" : " more characters)";
    return text.substring(0, end) + " … (" + missing + noun;
  }

  /** A text on one line. */
  static String line(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
