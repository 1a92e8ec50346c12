package dev.hone.agents;

import dev.hone.context.Spend;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.text.Plural;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What an agent did in one run, and what it cost. Immutable. */
public final class AgentWork {
  private final ObjectNode inputs;
  private final Trajectory trajectory;
  private final int turns;
  private final int toolCalls;
  private final int leftOut;
  private final Spend spend;

  /**
   * What was done.
   *
   * @param inputs the values of the input fields
   * @param trajectory every turn, those included that the model was not shown to the end
   * @param used turns, tool calls, and turns that were left out at the end
   */
  AgentWork(ObjectNode inputs, Trajectory trajectory, Figures used, Spend spend) {
    this.inputs = inputs;
    this.trajectory = trajectory;
    this.turns = used.turns();
    this.toolCalls = used.toolCalls();
    this.leftOut = used.leftOut();
    this.spend = spend;
  }

  /** What was counted. */
  record Figures(int turns, int toolCalls, int leftOut) {}

  /** The values of the input fields; never changed. */
  public ObjectNode inputs() {
    return inputs;
  }

  /**
   * Every turn, oldest first, with the result of each call; the last one is that in which the
   * answer was given, if one was. A reply that could not be read, or had neither thought nor call,
   * is none.
   */
  public Trajectory trajectory() {
    return trajectory;
  }

  /** How often the model was asked for a turn, forced answers included. */
  public int turns() {
    return turns;
  }

  /** How many calls of tools were run. */
  public int toolCalls() {
    return toolCalls;
  }

  /** The calls of one tool, in order, {@code submit} included; those that failed, too. */
  public List<ToolCall> calls(String tool) {
    return trajectory.turns().stream()
        .flatMap(turn -> turn.calls().stream())
        .filter(call -> call.name().equals(tool))
        .toList();
  }

  /** How many of the oldest turns the model was not shown in the end, since they did not fit. */
  public int leftOut() {
    return leftOut;
  }

  /** The calls of models within the run, those of programs among the tools included. */
  public Spend spend() {
    return spend;
  }

  /**
   * The whole run as a demonstration for the agent's step, see {@link ReAct#withDemos}; empty if it
   * did not end in an answer.
   */
  public Optional<Demo> toDemo() {
    List<Turn> all = trajectory.turns();
    int last = all.size() - 1;
    return last >= 0 && all.get(last).results().stream().anyMatch(AgentWork::isAnswer)
        ? Optional.of(StepSignature.demo(inputs, all.subList(0, last), all.get(last)))
        : Optional.empty();
  }

  private static boolean isAnswer(ToolResult result) {
    return result.name().equals(SubmitTool.NAME) && !result.isError();
  }

  /**
   * The run as people read it, without what looks like a credential: the inputs, then each turn
   * with its thought, calls and results, long texts shortened. Its layout may change in any
   * version.
   */
  public String toText() {
    return Transcript.of(this);
  }

  /** The figures, such as {@code 3 turns, 2 tool calls, 3 model calls, 0 cached, 812 tokens}. */
  @Override
  public String toString() {
    return "%s, %s, %s"
        .formatted(Plural.of(turns, "turn"), Plural.of(toolCalls, "tool call"), spend);
  }
}
