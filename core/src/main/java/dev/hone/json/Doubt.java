package dev.hone.json;

import dev.hone.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * The first place at which a text can be read in more than one way, in words for a repair turn: at
 * most {@value #MAX_CHARS} characters. They are put together when they are asked for, since a text
 * may hold very many doubts. Not thread-safe while a text is read.
 */
public final class Doubt {
  static final int MAX_CHARS = 300;
  private static final int SHOWN_BEFORE = 30;
  private static final int SHOWN_AFTER = 30;

  private final LenientText text;
  private int place;
  private @Nullable String meanings;

  Doubt(LenientText text) {
    this.text = text;
  }

  /** A doubt at the first character of a text. */
  public static Doubt of(String text, String readings) {
    Doubt doubt = new Doubt(new LenientText(text));
    doubt.at(0, readings);
    return doubt;
  }

  /** Whether there is one. */
  public boolean exists() {
    return meanings != null;
  }

  /** The doubt in words; null if there is none. */
  public @Nullable String words() {
    return meanings == null ? null : words(meanings);
  }

  private String words(String readings) {
    int from = Math.max(0, place - SHOWN_BEFORE);
    int to = Math.min(text.length(), place + SHOWN_AFTER);
    String shown = Excerpt.singleSpaced(text.substring(from, to));
    return Excerpt.of(
        "at character %d, in `%s`: %s".formatted(place + 1, shown, readings), MAX_CHARS);
  }

  /**
   * Notes a doubt, unless one was noted before.
   *
   * @param index where it is
   * @param readings what the place can mean, in words
   */
  void at(int index, String readings) {
    if (meanings == null) {
      place = index;
      meanings = readings;
    }
  }

  /** A word as it is shown in a doubt. */
  static String shown(String word) {
    return Excerpt.ofLine(word, SHOWN_AFTER);
  }
}
