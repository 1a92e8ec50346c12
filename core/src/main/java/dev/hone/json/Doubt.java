package dev.hone.json;

import dev.hone.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * The first place at which a text can be read in more than one way, in words for a repair turn: at
 * most {@value #MAX_CHARS} characters. Not thread-safe.
 */
final class Doubt {
  static final int MAX_CHARS = 300;
  private static final int SHOWN_BEFORE = 30;
  private static final int SHOWN_AFTER = 30;

  private final LenientText text;
  private @Nullable String words;

  Doubt(LenientText text) {
    this.text = text;
  }

  /** The doubt in words; null if there is none. */
  @Nullable String words() {
    return words;
  }

  /**
   * Notes a doubt, unless one was noted before.
   *
   * @param index where it is
   * @param readings what the place can mean, in words
   */
  void at(int index, String readings) {
    if (words == null) {
      int from = Math.max(0, index - SHOWN_BEFORE);
      int to = Math.min(text.length(), index + SHOWN_AFTER);
      String shown = Excerpt.singleSpaced(text.substring(from, to));
      words =
          Excerpt.of(
              "at character %d, in `%s`: %s".formatted(index + 1, shown, readings), MAX_CHARS);
    }
  }

  /** A word as it is shown in a doubt. */
  static String shown(String word) {
    return Excerpt.ofLine(word, SHOWN_AFTER);
  }
}
