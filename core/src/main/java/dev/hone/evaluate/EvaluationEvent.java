package dev.hone.evaluate;

import dev.hone.observe.Event;

/** What happens while programs are evaluated. */
public sealed interface EvaluationEvent extends Event {
  /**
   * An evaluation began.
   *
   * @param examples the number of examples
   */
  record EvaluationStarted(int examples) implements EvaluationEvent {}

  /**
   * An example was done.
   *
   * @param result what became of it
   * @param done the number of examples done so far, this one included
   * @param examples the number of examples
   */
  record ExampleFinished(ExampleResult<?, ?> result, int done, int examples)
      implements EvaluationEvent {}

  /**
   * An evaluation ended.
   *
   * @param evaluation its result
   */
  record EvaluationFinished(Evaluation<?, ?> evaluation) implements EvaluationEvent {}
}
