package dev.hone.retrieve;

import dev.hone.InvalidInputException;

/**
 * A passage of a corpus.
 *
 * @param id names it within its corpus; never blank
 * @param text what it says
 */
public record Passage(String id, String text) {
  /** Checks that it has an id. */
  public Passage {
    if (id.isBlank()) {
      throw InvalidInputException.of("A passage has no id", "number the passages");
    }
  }
}
