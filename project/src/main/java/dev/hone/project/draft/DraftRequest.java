package dev.hone.project.draft;

import java.util.List;
import java.util.Optional;

/**
 * What is said before a project file is made; all else is found.
 *
 * @param inputs the columns that are inputs; none to find them
 * @param outputs the columns that are outputs; none to find them
 * @param task what the program is to do; empty for a sentence made from the outputs
 */
public record DraftRequest(List<String> inputs, List<String> outputs, Optional<String> task) {
  /** Copies the lists. */
  public DraftRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Nothing is said. */
  public static DraftRequest none() {
    return new DraftRequest(List.of(), List.of(), Optional.empty());
  }
}
