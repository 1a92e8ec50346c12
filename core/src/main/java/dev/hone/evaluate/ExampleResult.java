package dev.hone.evaluate;

import dev.hone.context.Spend;
import dev.hone.data.Example;
import dev.hone.program.TraceStep;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One example with what became of it.
 *
 * @param example the example
 * @param outcome what became of it
 * @param steps the calls of the program's predictors, in the order in which they ended
 * @param spend what it cost
 * @param <I> the type of the input
 * @param <O> the type of the output
 */
public record ExampleResult<I, O>(
    Example<I, O> example, Outcome<O> outcome, List<TraceStep> steps, Spend spend) {
  /** Copies the steps. */
  public ExampleResult {
    steps = List.copyOf(steps);
  }

  /** The metric's score, if there is one. */
  public OptionalDouble score() {
    return outcome instanceof Outcome.Scored<O> scored
        ? OptionalDouble.of(scored.score().value())
        : OptionalDouble.empty();
  }
}
