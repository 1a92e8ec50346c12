package dev.hone.datasets;

import dev.hone.InvalidInputException;

/**
 * What one speaker says at a time.
 *
 * @param speaker who speaks, such as {@code Customer}; not blank
 * @param words what is said; may have several lines
 */
public record Turn(String speaker, String words) {
  /** Takes white space off both ends. */
  public Turn {
    speaker = speaker.strip();
    words = words.strip();
    if (speaker.isEmpty()) {
      throw InvalidInputException.of(
          "A turn has no speaker, its words are \"" + words + "\"", "name one, such as Customer");
    }
  }

  /** Whether a speaker is meant by a name, in any case. */
  boolean isOf(String name) {
    return speaker.equalsIgnoreCase(name.strip());
  }

  /** {@code Speaker: words}. */
  @Override
  public String toString() {
    return speaker + ": " + words;
  }
}
