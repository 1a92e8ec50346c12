package dev.hone.program;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of one predictor within a run.
 *
 * @param predictor the predictor's name; empty if it is not a field of the program that ran
 * @param inputs the input fields' values; never changed
 * @param outputs the output fields' values; never changed
 * @param attempts the replies it took, at least one, the last one read
 */
public record TraceStep(
    String predictor, ObjectNode inputs, ObjectNode outputs, List<Attempt> attempts) {
  /** Copies the attempts. */
  public TraceStep {
    attempts = List.copyOf(attempts);
  }
}
