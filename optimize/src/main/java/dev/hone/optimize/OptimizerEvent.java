package dev.hone.optimize;

import dev.hone.observe.Event;
import java.util.Optional;

/**
 * What happens while an optimizer works. The optimizers declare their own beside these; all carry
 * the metadata of the context.
 */
public interface OptimizerEvent extends Event {
  /**
   * An optimizer began.
   *
   * @param optimizer its name
   * @param trainExamples the number of examples it may learn from
   * @param validationExamples the number of examples it chooses by; 0 if it does not choose
   */
  record OptimizerStarted(String optimizer, int trainExamples, int validationExamples)
      implements OptimizerEvent {
    @Override
    public Optional<String> headline() {
      return Optional.of(optimizer + " starts");
    }
  }

  /**
   * A stage began.
   *
   * @param optimizer the optimizer's name
   * @param stage the stage's name, such as {@code bootstrap}
   * @param detail what it will do, in a phrase
   */
  record StageStarted(String optimizer, String stage, String detail) implements OptimizerEvent {
    @Override
    public Optional<String> headline() {
      return Optional.of(stage + ": " + detail);
    }
  }

  /**
   * A stage ended.
   *
   * @param optimizer the optimizer's name
   * @param stage the stage's name
   * @param detail what it brought, in a phrase
   */
  record StageFinished(String optimizer, String stage, String detail) implements OptimizerEvent {}

  /**
   * An optimizer gave up; the exception goes to its caller.
   *
   * @param optimizer its name
   * @param error why
   */
  record OptimizerFailed(String optimizer, RuntimeException error) implements OptimizerEvent {
    @Override
    public Optional<String> headline() {
      return Optional.of(optimizer + " failed: " + error.getClass().getSimpleName());
    }
  }

  /**
   * A candidate program was evaluated on all examples that the optimizer chooses by.
   *
   * @param optimizer the optimizer's name
   * @param candidate what it is, in a phrase
   * @param score what it scored
   */
  record CandidateEvaluated(String optimizer, String candidate, StateScore score)
      implements OptimizerEvent {
    @Override
    public Optional<String> headline() {
      return Optional.of("%.3f %s".formatted(score.scoreMean(), candidate));
    }
  }

  /**
   * An optimizer ended.
   *
   * @param optimizer its name
   * @param report its report
   */
  record OptimizerFinished(String optimizer, Object report) implements OptimizerEvent {
    @Override
    public Optional<String> headline() {
      return Optional.of(optimizer + " is done");
    }
  }
}
