package dev.hone.optimize.propose;

import dev.hone.text.Excerpt;

/**
 * Limits on the parts of prompts, in characters, so that neither a dataset nor a reply can make
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
    return Excerpt.counted(text, most);
  }

  /** A text on one line. */
  static String line(String text) {
    return Excerpt.oneLine(text);
  }
}
