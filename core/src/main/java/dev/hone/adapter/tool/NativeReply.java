package dev.hone.adapter.tool;

import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Thinking;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.prompt.Trajectory;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads replies whose calls are parts: their text is the thought. */
public final class NativeReply {
  private NativeReply() {}

  /** Whether a reply has a call as a part. */
  public static boolean hasCalls(LmResponse response) {
    return response.parts().stream().anyMatch(ToolCall.class::isInstance);
  }

  /** The thought and the calls of a reply; its own thoughts where it says nothing else. */
  public static ObjectNode read(LmResponse response, CallReader reader) {
    List<CallForm> calls = new ArrayList<>();
    for (MessagePart part : response.parts()) {
      if (part instanceof ToolCall call) {
        calls.add(
            new CallForm(
                call.id(), call.name(), CallForm.read(StringNode.valueOf(call.arguments()))));
      }
    }
    String text = response.text().strip();
    String thoughts = response.reasoning();
    ArrayNode read = reader.ofParts(calls);
    Trajectory.keepThinking(
        read,
        response.parts().stream()
            .filter(Thinking.class::isInstance)
            .map(Thinking.class::cast)
            .toList());
    return reader.outputs(text.isEmpty() && thoughts != null ? thoughts.strip() : text, read);
  }
}
