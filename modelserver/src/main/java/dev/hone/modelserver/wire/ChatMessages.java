package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.media.MediaJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages of the chat-completions protocol, as parts. */
final class ChatMessages {
  private static final Pattern DATA_URL = Pattern.compile("data:([^;,]+);base64,(.*)");

  private static final List<String> MEDIA = List.of("image_url", "input_audio", "file");

  private ChatMessages() {}

  /** Reads a conversation. Results of tools that follow each other are one message. */
  static List<LmMessage> of(JsonNode array) {
    List<LmMessage> messages = new ArrayList<>();
    List<MessagePart.ToolResult> results = new ArrayList<>();
    Map<String, String> toolByCall = new HashMap<>();
    for (JsonNode message : array) {
      if (message.path("role").asString("").equals("tool")) {
        String call = message.path("tool_call_id").asString("");
        String tool = toolByCall.getOrDefault(call, "");
        String text = String.join("", texts(message.path("content")));
        results.add(MessagePart.toolResult(call, tool, text, false));
      } else {
        flush(results, messages);
        messages.add(message(message));
        calls(message).forEach(call -> toolByCall.put(call.id(), call.name()));
      }
    }
    flush(results, messages);
    return messages;
  }

  private static void flush(List<MessagePart.ToolResult> results, List<LmMessage> messages) {
    if (!results.isEmpty()) {
      messages.add(LmMessage.of(LmMessage.Role.TOOL, results));
      results.clear();
    }
  }

  private static LmMessage message(JsonNode message) {
    JsonNode content = message.path("content");
    String role = message.path("role").asString("");
    return switch (role) {
      case "system", "developer" -> LmMessage.system(String.join("", texts(content)));
      case "user" -> user(content);
      case "assistant" -> assistant(message);
      default -> throw new IllegalArgumentException("Unknown role: " + role);
    };
  }

  /** Texts alone are one text, as most servers take them. */
  private static LmMessage user(JsonNode content) {
    boolean media =
        content.isArray()
            && content.valueStream().anyMatch(part -> MEDIA.stream().anyMatch(part::has));
    if (!media) {
      return LmMessage.user(String.join("", texts(content)));
    }
    return LmMessage.of(
        LmMessage.Role.USER, content.valueStream().map(ChatMessages::part).toList());
  }

  private static MessagePart part(JsonNode part) {
    if (part.has("input_audio")) {
      JsonNode audio = part.path("input_audio");
      return MessagePart.file(
          Base64.getDecoder().decode(audio.path("data").asString("")),
          "audio/" + audio.path("format").asString(""));
    } else if (part.has("file")) {
      return MediaJson.file(part.path("file").path("file_data"));
    } else if (!part.has("image_url")) {
      return MessagePart.text(part.path("text").asString(""));
    }
    String url = part.path("image_url").path("url").asString("");
    Matcher data = DATA_URL.matcher(url);
    return data.matches()
        ? MessagePart.image(Base64.getDecoder().decode(data.group(2)), data.group(1))
        : MessagePart.image(URI.create(url));
  }

  private static LmMessage assistant(JsonNode message) {
    String text = String.join("", texts(message.path("content")));
    List<MessagePart> parts = new ArrayList<>();
    String thinking = message.path("reasoning_content").asString("");
    if (!thinking.isEmpty()) {
      parts.add(MessagePart.thinking(thinking, null));
    }
    List<MessagePart.ToolCall> calls = calls(message);
    if (!text.isEmpty() || calls.isEmpty()) {
      parts.add(MessagePart.text(text));
    }
    parts.addAll(calls);
    return LmMessage.of(LmMessage.Role.ASSISTANT, parts);
  }

  private static List<MessagePart.ToolCall> calls(JsonNode message) {
    return message
        .path("tool_calls")
        .valueStream()
        .map(
            call ->
                MessagePart.toolCall(
                    call.path("id").asString(""),
                    call.path("function").path("name").asString(""),
                    call.path("function").path("arguments").asString("")))
        .toList();
  }

  /** A text, or the texts of a list of parts. */
  private static List<String> texts(JsonNode content) {
    return content.isArray()
        ? content.valueStream().map(part -> part.path("text").asString("")).toList()
        : List.of(content.asString(""));
  }

  /** Writes a reply. */
  static ObjectNode of(LmResponse reply) {
    ObjectNode message = Json.object().put("role", "assistant").put("content", reply.text());
    if (reply.reasoning() != null) {
      message.put("reasoning_content", reply.reasoning());
    }
    ArrayNode calls = Json.array();
    for (MessagePart part : reply.parts()) {
      if (part instanceof MessagePart.ToolCall call) {
        ObjectNode written = calls.addObject().put("id", call.id()).put("type", "function");
        written.putObject("function").put("name", call.name()).put("arguments", call.arguments());
      }
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
    return message;
  }
}
