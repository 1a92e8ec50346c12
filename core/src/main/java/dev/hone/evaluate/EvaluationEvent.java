package dev.hone.evaluate;

import dev.hone.observe.Event;
import dev.hone.text.Plural;
import java.util.Optional;

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
      implements EvaluationEvent {
    @Override
    public Optional<String> headline() {
      return Optional.of(done + " of " + examples);
    }

    @Override
    public boolean isCount() {
      return true;
    }
  }

  /**
   * An evaluation ended.
   *
   * @param evaluation its result
   */
  record EvaluationFinished(Evaluation<?, ?> evaluation) implements EvaluationEvent {
    /** For an evaluation of its own; one that is a part of a larger run is not worth a line. */
    @Override
    public Optional<String> headline() {
      if (stamp().parentId() != 0) {
        return Optional.empty();
      }
      int examples = evaluation.results().size();
      return Optional.of(
          (evaluation.hasScore() ? "score %.3f".formatted(evaluation.score()) : "no score")
              + " on "
              + Plural.of(examples, "example"));
    }
  }
}
