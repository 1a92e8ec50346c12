package dev.hone.tool;

import dev.hone.coerce.TypeMismatchException;
import dev.hone.context.Context;
import dev.hone.context.ContextKey;
import dev.hone.context.Interceptor;
import dev.hone.lm.LmException;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.tool.ToolOutcome.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of tools in one run of an agent: knows how often each tool was called. Made by {@link
 * ToolRunner#start}; for one turn after the other, so not for several threads at once.
 */
public final class ToolRun {
  /** Agents that are tools of agents, and so on, end here. */
  private static final int MOST_LEVELS = 16;

  /** A tool that ignored this many interrupts in a run, and still does, is not called again. */
  private static final int MOST_LEFT_BEHIND = 4;

  private static final ContextKey<Integer> LEVEL = ContextKey.named("tool-level");

  private final ToolRunner runner;
  private final List<String> names;
  private final Map<String, Integer> callsByTool = new HashMap<>();
  private final List<RunningCall> leftBehind = new ArrayList<>();

  ToolRun(ToolRunner runner, List<String> others) {
    this.runner = runner;
    this.names = Stream.concat(runner.tools().keySet().stream(), others.stream()).toList();
  }

  /**
   * Runs the calls of one turn, at once on threads of their own, with the current context bound.
   * Permissions and interceptors are asked before, on this thread, for one call after the other. A
   * call that the turn has twice, with the same id that is not empty, name and arguments, is run
   * once.
   *
   * <p>When it returns or throws, none of its work goes on, but for calls that ignored an interrupt
   * for a second; they are named in their result and left behind on daemon threads.
   *
   * @return what became of each call, in the order of the calls
   * @throws LmException.Interrupted if this thread was interrupted; the calls are interrupted, too
   * @throws LmException.BudgetExhausted if a program that is a tool spent the budget; so with
   *     {@link LmException.Unauthorized} and {@link dev.hone.context.MissingModelException}: what
   *     no further turn can repair is no result
   */
  public List<ToolOutcome> outcomes(List<ToolCall> calls) {
    if (Thread.currentThread().isInterrupted()) {
      throw new LmException.Interrupted("Interrupted before tools were called", null);
    }
    Context context = Context.current();
    int level = context.value(LEVEL).orElse(0);
    CallTurn turn = new CallTurn(context.with(LEVEL, level + 1), level, runner.maxInFlight());
    for (ToolCall call : calls) {
      int index = turn.indexOf(call);
      if (index >= 0) {
        turn.addSame(call, index);
      } else {
        add(turn, call, level);
      }
    }
    try {
      return turn.run();
    } finally {
      leftBehind.addAll(turn.leftBehind());
    }
  }

  private void add(CallTurn turn, ToolCall call, int level) {
    Tool tool = runner.tools().get(call.name());
    if (tool == null) {
      turn.add(call, Status.UNKNOWN_TOOL, CallText.unknown(call.name(), names));
      return;
    }
    ObjectNode arguments;
    try {
      arguments = tool.read(CallText.object(call));
    } catch (TypeMismatchException | ToolException e) {
      turn.add(call, Status.BAD_ARGUMENTS, CallText.badArguments(call.name(), e));
      return;
    } catch (Throwable e) {
      CallText.rethrowFatal(e);
      turn.add(call, Status.FAILED, CallText.failed(call.name(), e));
      return;
    }
    String limit = limit(tool, level);
    if (limit != null) {
      turn.add(call, Status.LIMIT_REACHED, limit);
      return;
    }
    String denial = denial(call, tool, arguments);
    if (denial != null) {
      turn.add(call, Status.DENIED, denial);
      return;
    }
    callsByTool.merge(tool.name(), 1, Integer::sum);
    turn.add(call, tool, arguments);
  }

  private @Nullable String limit(Tool tool, int level) {
    if (level >= MOST_LEVELS) {
      return CallText.tooDeep(tool.name(), MOST_LEVELS);
    }
    leftBehind.removeIf(call -> !call.isAlive());
    long stuck = leftBehind.stream().filter(call -> call.tool().name().equals(tool.name())).count();
    if (stuck >= MOST_LEFT_BEHIND) {
      return CallText.stuck(tool.name(), stuck);
    }
    return callsByTool.getOrDefault(tool.name(), 0) >= tool.limits().maxCalls()
        ? CallText.tooOften(tool.name(), tool.limits().maxCalls())
        : null;
  }

  private static @Nullable String denial(ToolCall call, Tool tool, ObjectNode arguments) {
    try {
      Interceptor.checkTool(Context.current(), call);
      return tool.limits().permission().allows(tool.name(), arguments.deepCopy())
          ? null
          : CallText.denied(tool.name());
    } catch (Throwable e) {
      if (Thread.currentThread().isInterrupted() || (Object) e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new LmException.Interrupted("Interrupted while a permission was asked", e);
      }
      CallText.rethrowFatal(e);
      return CallText.denied(tool.name(), e);
    }
  }

  /** How often a tool was run so far. */
  public int calls(String tool) {
    return callsByTool.getOrDefault(tool, 0);
  }

  /** How often tools were run so far. */
  public int calls() {
    return callsByTool.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How long a call ran, for outcomes. */
  static Duration duration(RunningCall call) {
    return Duration.ofNanos(call.ranNanos());
  }
}
