package dev.hone.testkit;

import dev.hone.json.Json;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.prompt.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a scripted model does in one turn of an agent: what it says, and the tools that it calls.
 * For {@link ScriptedModel#calling}, which writes it as parts or as text. Immutable.
 *
 * <pre>{@code
 * ScriptedTurn.call("search", "{\"query\": \"Dubliners\"}").thinking("I look it up.")
 * }</pre>
 *
 * @param thought what it says before its calls; may be empty
 * @param calls its calls, in order, without ids; may be empty
 */
public record ScriptedTurn(String thought, List<ToolCall> calls) {
  /** Copies the list. */
  public ScriptedTurn {
    calls = List.copyOf(calls);
  }

  /**
   * A turn of one call.
   *
   * @param tool the tool's name
   * @param arguments a JSON object, which may be broken on purpose
   */
  public static ScriptedTurn call(String tool, String arguments) {
    return new ScriptedTurn("", List.of()).and(tool, arguments);
  }

  /**
   * A turn of one call without arguments.
   *
   * @param tool the tool's name
   */
  public static ScriptedTurn call(String tool) {
    return call(tool, "{}");
  }

  /** A turn without a call. */
  public static ScriptedTurn say(String text) {
    return new ScriptedTurn(text, List.of());
  }

  /** A copy with one more call. */
  public ScriptedTurn and(String tool, String arguments) {
    return new ScriptedTurn(
        thought,
        Stream.concat(calls.stream(), Stream.of(MessagePart.toolCall("", tool, arguments)))
            .toList());
  }

  /** A copy that says something before its calls. */
  public ScriptedTurn thinking(String text) {
    return new ScriptedTurn(text, calls);
  }

  /**
   * The reply to a request: parts where the request has tools; else text in the layout of the chat
   * adapter.
   */
  LmResponse reply(LmRequest request) {
    if (request.tools().isEmpty()) {
      return ScriptedModel.reply(request, words());
    }
    List<MessagePart> parts = new ArrayList<>();
    if (!thought.isEmpty()) {
      parts.add(MessagePart.text(thought));
    }
    for (ToolCall call : calls) {
      String id = "m" + request.messages().size() + "c" + (parts.size() + 1);
      parts.add(MessagePart.toolCall(id, call.name(), call.arguments()));
    }
    return ScriptedModel.reply(request, words()).toBuilder()
        .parts(parts.isEmpty() ? List.of(MessagePart.text("")) : parts)
        .stopReason(calls.isEmpty() ? StopReason.STOP : StopReason.TOOL_CALLS)
        .build();
  }

  private String words() {
    ArrayNode array = Json.array();
    calls.forEach(call -> array.add(Trajectory.json(call).without("id")));
    return "[[ ## thought ## ]]\n%s\n\n[[ ## calls ## ]]\n%s\n\n[[ ## completed ## ]]"
        .formatted(thought, Json.write(array));
  }
}
