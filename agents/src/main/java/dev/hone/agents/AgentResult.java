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
  /** What the agent did, and what it cost. */
  AgentWork work();

  /** The answer, if there is one. */
  Optional<O> answer();

  /** Why the agent could not go on by itself; empty if it answered by itself. */
  Optional<StopCause> stopCause();

  /** How it ended, in a sentence. */
  String ending();

  /** What the agent did, turn by turn, see {@link AgentWork#trajectory}. */
  default Trajectory trajectory() {
    return work().trajectory();
  }

  /** The run as people read it, see {@link AgentWork#toText}, and how it ended. */
  default String toText() {
    return work().toText() + "\n" + ending();
  }

  /**
   * The agent gave its answer by itself.
   *
   * @param output the answer
   * @param work what it did
   */
  record Answered<O>(O output, AgentWork work) implements AgentResult<O> {
    @Override
    public Optional<O> answer() {
      return Optional.of(output);
    }

    @Override
    public Optional<StopCause> stopCause() {
      return Optional.empty();
    }

    @Override
    public String ending() {
      return "The agent answered by itself.";
    }

    /** One line, such as {@code Answered[Answer[text=Paris], 2 turns, …]}. */
    @Override
    public String toString() {
      return "Answered[%s, %s]".formatted(output, work);
    }
  }

  /**
   * The agent was made to answer with what it had.
   *
   * @param output the answer
   * @param reason why it could not go on
   * @param work what it did
   */
  record ForcedAnswer<O>(O output, StopCause reason, AgentWork work) implements AgentResult<O> {
    @Override
    public Optional<O> answer() {
      return Optional.of(output);
    }

    @Override
    public Optional<StopCause> stopCause() {
      return Optional.of(reason);
    }

    @Override
    public String ending() {
      return "The agent was made to answer, since " + reason.words() + ".";
    }

    /** One line, such as {@code ForcedAnswer[Answer[text=Paris], TURNS, 3 turns, …]}. */
    @Override
    public String toString() {
      return "ForcedAnswer[%s, %s, %s]".formatted(output, reason, work);
    }
  }

  /**
   * The agent has no answer.
   *
   * @param reason why it could not go on
   * @param message what went wrong when it was made to answer, for people
   * @param work what it did
   */
  record GaveUp<O>(StopCause reason, String message, AgentWork work) implements AgentResult<O> {
    @Override
    public Optional<O> answer() {
      return Optional.empty();
    }

    @Override
    public Optional<StopCause> stopCause() {
      return Optional.of(reason);
    }

    @Override
    public String ending() {
      return "The agent gave up: %s, and when it was made to answer, %s"
          .formatted(reason.words(), message);
    }

    /** One line, such as {@code GaveUp[TURNS, it called no tool., 3 turns, …]}. */
    @Override
    public String toString() {
      return "GaveUp[%s, %s, %s]".formatted(reason, message, work);
    }
  }
}
