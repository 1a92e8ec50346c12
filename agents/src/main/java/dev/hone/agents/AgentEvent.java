package dev.hone.agents;

import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.text.Excerpt;
import dev.hone.text.Redaction;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens in a run of an agent: it starts, turns end, it ends with a result or fails. All have
 * the id of the run in their stamp, which is the parent's id of its steps and tool calls.
 * Immutable.
 */
public abstract class AgentEvent implements Event {
  private static final int SHOWN = 200;

  private final EventStamp stamp;
  private final String agent;

  AgentEvent(EventStamp stamp, String agent) {
    this.stamp = stamp;
    this.agent = agent;
  }

  @Override
  public final EventStamp stamp() {
    return stamp;
  }

  /** The agent by its fields, such as {@code question -> answer}. */
  public final String agent() {
    return agent;
  }

  /** Returns what the visitor returns for this kind of event. */
  public abstract <R> R accept(Visitor<R> visitor);

  private static String shown(String text) {
    return Redaction.of(Excerpt.ofLine(text, SHOWN));
  }

  /**
   * Distinguishes the kinds of events. Further kinds go to {@link #otherwise} until they are
   * overridden.
   *
   * @param <R> what it gives
   */
  public interface Visitor<R> {
    /** Any kind that is not overridden. */
    R otherwise(AgentEvent event);

    /** A run started. */
    default R visit(AgentStarted event) {
      return otherwise(event);
    }

    /** A turn ended. */
    default R visit(TurnEnded event) {
      return otherwise(event);
    }

    /** A run ended in one of the three results. */
    default R visit(AgentEnded event) {
      return otherwise(event);
    }

    /** A run was ended by an exception. */
    default R visit(AgentFailed event) {
      return otherwise(event);
    }
  }

  /** A run started. */
  public static final class AgentStarted extends AgentEvent {
    private final ObjectNode inputs;

    AgentStarted(EventStamp stamp, String agent, ObjectNode inputs) {
      super(stamp, agent);
      this.inputs = inputs;
    }

    /** The input fields' values; never changed. */
    public ObjectNode inputs() {
      return inputs;
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of("agent %s starts: %s".formatted(agent(), shown(inputs.toString())));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A turn ended: the model replied, and the tools that it called have their results. */
  public static final class TurnEnded extends AgentEvent {
    private final int number;
    private final Turn turn;

    TurnEnded(EventStamp stamp, String agent, int number, Turn turn) {
      super(stamp, agent);
      this.number = number;
      this.turn = turn;
    }

    /** Its number in the run, from 1. */
    public int number() {
      return number;
    }

    /** What was thought, called and returned. */
    public Turn turn() {
      return turn;
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of(
          "agent %s, turn %d: %s".formatted(agent(), number, shown(Transcript.line(turn))));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A run ended in one of the three results. */
  public static final class AgentEnded extends AgentEvent {
    private final AgentResult<?> result;

    AgentEnded(EventStamp stamp, String agent, AgentResult<?> result) {
      super(stamp, agent);
      this.result = result;
    }

    /** How it ended. */
    public AgentResult<?> result() {
      return result;
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of(
          "agent %s: %s %s".formatted(agent(), shown(result.ending()), result.work()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A run was ended by an exception, such as a spent budget, an interrupt or a missing model. */
  public static final class AgentFailed extends AgentEvent {
    private final AgentWork work;
    private final Throwable error;

    AgentFailed(EventStamp stamp, String agent, AgentWork work, Throwable error) {
      super(stamp, agent);
      this.work = work;
      this.error = error;
    }

    /** What it had done by then. */
    public AgentWork work() {
      return work;
    }

    /** What its caller gets. */
    public Throwable error() {
      return error;
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of(
          "agent %s failed after %s: %s"
              .formatted(agent(), work, shown(String.valueOf(error.getMessage()))));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
