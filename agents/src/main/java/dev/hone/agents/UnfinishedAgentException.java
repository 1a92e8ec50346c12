package dev.hone.agents;

import dev.hone.HoneException;
import dev.hone.prompt.Trajectory;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an agent had done when its run was ended from outside, by a spent budget, an interrupt or a
 * veto; it is among the suppressed exceptions of what ended it. Never thrown itself.
 */
public final class UnfinishedAgentException extends HoneException {
  private static final long serialVersionUID = 1L;

  private final transient AgentWork work;

  UnfinishedAgentException(AgentWork work) {
    super("An agent was ended after %s".formatted(work));
    this.work = work;
  }

  /**
   * The work of the agent whose run ended with an exception, if it is known. Where agents ran
   * within agents it is that of the outermost one, with what the others cost; those of all are
   * among the suppressed exceptions, the innermost first.
   */
  public static Optional<AgentWork> workOf(Throwable error) {
    return Arrays.stream(error.getSuppressed())
        .filter(UnfinishedAgentException.class::isInstance)
        .map(attached -> ((UnfinishedAgentException) attached).work())
        .reduce((inner, outer) -> outer);
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
