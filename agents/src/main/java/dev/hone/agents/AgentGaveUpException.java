package dev.hone.agents;

import dev.hone.HoneException;
import dev.hone.prompt.Trajectory;

/** An agent that has no answer. Carries why, and what it did. */
public final class AgentGaveUpException extends HoneException {
  private static final long serialVersionUID = 1L;

  private final StopCause reason;
  private final transient AgentWork work;

  AgentGaveUpException(AgentResult.GaveUp<?> end) {
    super("%s (%s) %s".formatted(end.ending(), end.work(), fix(end.reason())));
    this.reason = end.reason();
    this.work = end.work();
  }

  private static String fix(StopCause reason) {
    return switch (reason) {
      case TURNS, CALLS, TOKENS -> "Maybe raise the limit, or use a stronger model.";
      case CONTEXT_WINDOW ->
          "Maybe limit the length of the tools' results, or use a model with a larger window.";
      case NO_CALL, UNREADABLE_REPLY ->
          "Maybe use a stronger model, or show it a whole run by withDemos.";
      case REPEATED_FAILURE -> "Maybe let the tool's error say what to do instead.";
    };
  }

  /** Why it could not go on by itself. */
  public StopCause reason() {
    return reason;
  }

  /** What it did, and what it cost. */
  public AgentWork work() {
    return work;
  }

  /** What it did, turn by turn. */
  public Trajectory trajectory() {
    return work.trajectory();
  }
}
