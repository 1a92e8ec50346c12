package dev.hone.retrieve;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.stream.IntStream;

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

  /** Passages of texts, each with its place as its id: {@code 0}, {@code 1} and so on. */
  public static List<Passage> numbered(List<String> texts) {
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new Passage(String.valueOf(i), texts.get(i)))
        .toList();
  }
}
