package dev.hone.agents;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Trajectory;
import dev.hone.text.CallIds;
import dev.hone.text.ToolName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls of one run, turn by turn: gives each an id of its own, and counts those that fail in
 * the same way again and again. Not thread-safe.
 */
final class TurnCalls {
  /** How often the same call may fail with the same error. */
  static final int MOST_SAME_FAILURES = 3;

  private final CallIds ids = new CallIds();
  private final Map<String, Integer> failures = new HashMap<>();

  /**
   * The calls of a reply with an id each that no other call of the run has, and a name that a
   * provider takes, which it may not have where the model called no tool. A call that a reply has
   * twice under one id is one call.
   */
  List<ToolCall> identified(List<ToolCall> calls) {
    List<ToolCall> identified = new ArrayList<>();
    for (ToolCall call : withoutRepeats(calls)) {
      String id = ids.distinct(call.id());
      identified.add(MessagePart.toolCall(id, ToolName.of(call.name()), call.arguments()));
    }
    return identified;
  }

  private static List<ToolCall> withoutRepeats(List<ToolCall> calls) {
    Set<ToolCall> seen = new HashSet<>();
    return calls.stream().filter(call -> call.id().isEmpty() || seen.add(call)).toList();
  }

  /** Notes the failures of a turn; whether one of them has come too often. */
  boolean isStuck(List<ToolCall> calls, List<ToolResult> results) {
    Set<String> now = new HashSet<>();
    for (int i = 0; i < calls.size(); i++) {
      if (results.get(i).isError()) {
        now.add(key(calls.get(i), results.get(i)));
      }
    }
    boolean stuck = false;
    for (String key : now) {
      stuck |= failures.merge(key, 1, Integer::sum) >= MOST_SAME_FAILURES;
    }
    return stuck;
  }

  private static String key(ToolCall call, ToolResult result) {
    String arguments = Json.canonical(Trajectory.json(call).path("arguments"));
    return call.name() + "\0" + arguments + "\0" + result.text();
  }
}
