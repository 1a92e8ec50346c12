package dev.hone.opentelemetry;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Messages as the conventions have them: a role, and parts with a type. */
final class CallContent {
  private CallContent() {}

  static String of(LmRequest request) {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    for (LmMessage message : request.messages()) {
      ObjectNode written = messages.addObject();
      written.put("role", message.role().name().toLowerCase(Locale.ROOT));
      parts(message.parts(), written.putArray("parts"));
    }
    return messages.toString();
  }

  static String of(LmResponse response) {
    ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    ObjectNode written = messages.addObject().put("role", "assistant");
    parts(response.parts(), written.putArray("parts"));
    written.put("finish_reason", finishReason(response));
    return messages.toString();
  }

  static String finishReason(LmResponse response) {
    return switch (response.stopReason()) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case CONTENT_FILTER -> "content_filter";
      case TOOL_CALLS -> "tool_call";
      case OTHER -> "other";
    };
  }

  private static void parts(List<MessagePart> parts, ArrayNode array) {
    for (MessagePart part : parts) {
      ObjectNode written = array.addObject();
      if (part instanceof MessagePart.Text text) {
        written.put("type", "text").put("content", text.text());
      } else if (part instanceof MessagePart.Thinking thinking) {
        written.put("type", "reasoning").put("content", thinking.text());
      } else if (part instanceof MessagePart.ToolCall call) {
        written.put("type", "tool_call").put("id", call.id()).put("name", call.name());
        written.put("arguments", call.arguments());
      } else if (part instanceof MessagePart.ToolResult result) {
        written.put("type", "tool_call_response").put("id", result.callId());
        written.put("response", result.text());
      } else {
        written.put("type", "blob");
      }
    }
  }
}
