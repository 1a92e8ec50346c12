package dev.hone.signature;

import dev.hone.InvalidInputException;

/**
 * The thoughts that lead to an answer, as a component of an output record. A model that thinks by
 * itself is not asked for them: its own thoughts take their place. Immutable.
 *
 * <p>Where a reply has both, a section of its own and thoughts beside it, the section counts: that
 * is what was asked for. In files and fingerprints it is a text.
 *
 * @param text the thoughts, in the model's own words
 */
public record Reasoning(String text) {
  /** Checks that there is a text. */
  public Reasoning {
    if (text == null) {
      throw InvalidInputException.of(
          "The text of a Reasoning is null", "use an Optional<Reasoning> for one that may lack");
    }
  }

  /** The thoughts. */
  @Override
  public String toString() {
    return text;
  }
}
