package dev.hone.exchange;

import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.Media;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.bridge.SentFiles;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conversations in the form of OpenAI's chat messages, which most tools read. */
final class ChatJson {
  private ChatJson() {}

  /** The messages, and the schema of the answer and the tools where there are any. */
  static ObjectNode request(LmRequest request) {
    ObjectNode node = Json.object();
    node.set("messages", messages(request.messages()));
    if (request.format() instanceof ResponseFormat.JsonSchema schema) {
      ObjectNode format = node.putObject("response_format").put("type", "json_schema");
      ObjectNode named = format.putObject("json_schema");
      named.put("name", schema.name()).put("strict", true).set("schema", schema.schema());
    }
    if (!request.tools().isEmpty()) {
      ArrayNode tools = node.putArray("tools");
      request.tools().stream()
          .map(
              tool -> {
                ObjectNode function = Json.object().put("name", tool.name());
                function.put("description", tool.description());
                function.set("parameters", tool.parameters());
                return Json.object().put("type", "function").set("function", function);
              })
          .forEach(tools::add);
    }
    return node;
  }

  /** The messages of a conversation, in order. */
  static ArrayNode messages(List<LmMessage> messages) {
    ArrayNode array = Json.array();
    messages.forEach(message -> add(array, message));
    return array;
  }

  /** Adds a message; one of results is a message for each. */
  private static void add(ArrayNode array, LmMessage message) {
    if (message.role() == LmMessage.Role.TOOL) {
      for (MessagePart part : message.parts()) {
        if (part instanceof MessagePart.ToolResult result) {
          array
              .addObject()
              .put("role", "tool")
              .put("tool_call_id", result.callId())
              .put("content", result.text());
        }
      }
      return;
    }
    ObjectNode node = array.addObject();
    node.put("role", message.role().name().toLowerCase(Locale.ROOT));
    if (message.parts().stream().anyMatch(Media.class::isInstance)) {
      parts(node.putArray("content"), message.parts());
    } else {
      node.put("content", message.text());
    }
    calls(node, message.parts());
  }

  private static void parts(ArrayNode content, List<MessagePart> parts) {
    for (MessagePart part : parts) {
      if (part instanceof MessagePart.Text text) {
        content.addObject().put("type", "text").put("text", text.text());
      } else if (part instanceof MessagePart.Image image) {
        content
            .addObject()
            .put("type", "image_url")
            .putObject("image_url")
            .put("url", image.url().map(Object::toString).orElseGet(() -> inline(image)));
      } else if (part instanceof MessagePart.File file) {
        file(content, file);
      }
    }
  }

  /** Recordings go by their format and bytes, other files by a data URL or where they are. */
  private static void file(ArrayNode content, MessagePart.File file) {
    if (file.mediaType().startsWith("audio/") && file.url().isEmpty()) {
      content
          .addObject()
          .put("type", "input_audio")
          .putObject("input_audio")
          .put("data", Base64.getEncoder().encodeToString(file.data()))
          .put("format", SentFiles.knownAs(file.mediaType()).replaceFirst("^audio/", ""));
    } else {
      content
          .addObject()
          .put("type", "file")
          .putObject("file")
          .put("file_data", file.url().map(Object::toString).orElseGet(() -> inline(file)));
    }
  }

  private static String inline(Media media) {
    return "data:%s;base64,%s"
        .formatted(media.mediaType(), Base64.getEncoder().encodeToString(media.data()));
  }

  private static void calls(ObjectNode node, List<MessagePart> parts) {
    for (MessagePart part : parts) {
      if (part instanceof MessagePart.ToolCall call) {
        node.withArrayProperty("tool_calls")
            .addObject()
            .put("id", call.id())
            .put("type", "function")
            .putObject("function")
            .put("name", call.name())
            .put("arguments", call.arguments());
      }
    }
  }
}
