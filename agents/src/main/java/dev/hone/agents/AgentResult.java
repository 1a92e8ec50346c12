package dev.hone.agents;

import dev.hone.prompt.Trajectory;
import java.util.Optional;

/**
 * How a run of an agent ended: with an answer of its own, with one that it was forced to give, or
 * without any.
 *
 * @param <O> what the agent returns
 */
public sealed interface AgentResult<O> {
  /** What the agent did, turn by turn. */
  Trajectory trajectory();

  /** The answer, if there is one. */
  Optional<O> answer();

  /**
   * The agent gave its answer by itself.
   *
   * @param output the answer
   */
  record Answered<O>(O output, Trajectory trajectory) implements AgentResult<O> {
    @Override
    public Optional<O> answer() {
      return Optional.of(output);
    }
  }

  /**
   * The agent was made to answer with what it had.
   *
   * @param output the answer
   * @param reason why it could not go on
   */
  record ForcedAnswer<O>(O output, StopCause reason, Trajectory trajectory)
      implements AgentResult<O> {
    @Override
    public Optional<O> answer() {
      return Optional.of(output);
    }
  }

  /**
   * The agent has no answer.
   *
   * @param reason why it could not go on
   * @param message what went wrong at last, for people
   */
  record GaveUp<O>(StopCause reason, String message, Trajectory trajectory)
      implements AgentResult<O> {
    @Override
    public Optional<O> answer() {
      return Optional.empty();
    }
  }
}
