package dev.hone.adapter.tool;

import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.type.Field;
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

  /** The thought and the calls of a reply. */
  public static ObjectNode read(LmResponse response, CallFields fields, int turn) {
    ObjectNode outputs = Json.object();
    for (Field field : fields.turn()) {
      outputs.set(
          field.name(),
          field.equals(fields.calls())
              ? calls(response, turn)
              : StringNode.valueOf(response.text().strip()));
    }
    return outputs;
  }

  private static ArrayNode calls(LmResponse response, int turn) {
    ArrayNode calls = Json.array();
    for (MessagePart part : response.parts()) {
      if (part instanceof ToolCall call) {
        CallForm form =
            new CallForm(
                call.id(), call.name(), CallForm.read(StringNode.valueOf(call.arguments())));
        calls.add(form.toJson(CallIds.of(turn, calls.size() + 1)));
      }
    }
    return calls;
  }
}
