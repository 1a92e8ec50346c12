package dev.hone.program;

import dev.hone.observe.Event;
import java.util.List;

/** What happens inside programs. */
public sealed interface ProgramEvent extends Event {
  /**
   * A predictor answered.
   *
   * @param predictor its name; empty if it was called on its own
   * @param step its input, output and attempts
   */
  record PredictorAnswered(String predictor, TraceStep step) implements ProgramEvent {}

  /**
   * A predictor gave up: no reply could be read.
   *
   * @param predictor its name; empty if it was called on its own
   * @param attempts every attempt, in order
   */
  record PredictorFailed(String predictor, List<Attempt> attempts) implements ProgramEvent {}
}
