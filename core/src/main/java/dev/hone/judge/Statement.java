package dev.hone.judge;

import dev.hone.signature.Desc;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement of a text, and whether another text covers it.
 *
 * @param statement the statement, a sentence that can be checked on its own
 * @param covered whether the other text says it
 */
public record Statement(
    @Desc("one statement of the text, a sentence that can be checked on its own") String statement,
    @Desc("whether the source says it, in whatever words") boolean covered) {
  /** The share of statements that are covered, 0 to 1; 1 if there are none. */
  static double coverage(List<Statement> statements) {
    return statements.stream().mapToInt(s -> s.covered ? 1 : 0).average().orElse(1);
  }

  /** Those that are not covered, in words; empty if there are none. */
  static String uncovered(String heading, List<Statement> statements) {
    String missing =
        statements.stream()
            .filter(s -> !s.covered)
            .map(Statement::statement)
            .collect(Collectors.joining("; "));
    return missing.isEmpty() ? "" : heading + missing;
  }
}
