package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The blocks of Anthropic's messages, as parts, and out of replies. */
final class AnthropicContent {
  private AnthropicContent() {}

  /** The conversation of a request. Results of tools are a message before what else is said. */
  static List<LmMessage> messages(ObjectNode body) {
    List<LmMessage> messages = new ArrayList<>();
    String system = text(body.path("system"));
    if (!system.isEmpty()) {
      messages.add(LmMessage.system(system));
    }
    Map<String, String> toolByCall = new HashMap<>();
    for (JsonNode message : body.path("messages")) {
      List<MessagePart> parts = parts(message.path("content"), toolByCall);
      switch (message.path("role").asString("")) {
        case "user" -> user(parts, messages);
        case "assistant" -> messages.add(LmMessage.of(LmMessage.Role.ASSISTANT, parts));
        default -> throw new IllegalArgumentException("messages: unexpected role");
      }
    }
    if (body.path("messages").isEmpty()) {
      throw new IllegalArgumentException("messages: at least one message is required");
    }
    return messages;
  }

  private static void user(List<MessagePart> parts, List<LmMessage> messages) {
    List<MessagePart> results =
        parts.stream().filter(MessagePart.ToolResult.class::isInstance).toList();
    List<MessagePart> others = parts.stream().filter(part -> !results.contains(part)).toList();
    if (!results.isEmpty()) {
      messages.add(LmMessage.of(LmMessage.Role.TOOL, results));
    }
    if (!others.isEmpty()) {
      messages.add(LmMessage.of(LmMessage.Role.USER, joined(others)));
    }
  }

  /** Texts alone are one text, as with the other protocols. */
  private static List<MessagePart> joined(List<MessagePart> parts) {
    boolean texts = parts.stream().allMatch(MessagePart.Text.class::isInstance);
    return texts
        ? List.of(MessagePart.text(LmMessage.of(LmMessage.Role.USER, parts).text()))
        : parts;
  }

  private static List<MessagePart> parts(JsonNode content, Map<String, String> toolByCall) {
    if (content.isString()) {
      return List.of(MessagePart.text(content.asString()));
    }
    List<MessagePart> parts = new ArrayList<>();
    for (JsonNode block : content) {
      parts.add(part(block, toolByCall));
    }
    return parts;
  }

  private static MessagePart part(JsonNode block, Map<String, String> toolByCall) {
    String id = block.path("id").asString("");
    return switch (block.path("type").asString("")) {
      case "text" -> MessagePart.text(block.path("text").asString(""));
      case "thinking" ->
          MessagePart.thinking(
              block.path("thinking").asString(""), block.path("signature").asString(""));
      case "image" -> image(block.path("source"));
      case "document" -> document(block.path("source"));
      case "tool_use" -> {
        String name = block.path("name").asString("");
        toolByCall.put(id, name);
        yield MessagePart.toolCall(id, name, Json.write(block.path("input")));
      }
      case "tool_result" -> result(block, toolByCall);
      default -> throw new IllegalArgumentException("messages: a block of an unknown type");
    };
  }

  private static MessagePart result(JsonNode block, Map<String, String> toolByCall) {
    String call = block.path("tool_use_id").asString("");
    String tool = toolByCall.get(call);
    if (tool == null) {
      throw new IllegalArgumentException(
          "messages: unexpected `tool_use_id` found in `tool_result` blocks: " + call);
    }
    boolean error = block.path("is_error").asBoolean(false);
    return MessagePart.toolResult(call, tool, parts(block.path("content"), toolByCall), error);
  }

  private static MessagePart image(JsonNode source) {
    return source.has("url")
        ? MessagePart.image(URI.create(source.path("url").asString("")))
        : MessagePart.image(
            Base64.getDecoder().decode(source.path("data").asString("")),
            source.path("media_type").asString(""));
  }

  /** Only PDFs can be named by a URL. */
  private static MessagePart document(JsonNode source) {
    return source.has("url")
        ? MessagePart.file(URI.create(source.path("url").asString("")), "application/pdf")
        : MessagePart.file(
            Base64.getDecoder().decode(source.path("data").asString("")),
            source.path("media_type").asString(""));
  }

  private static String text(JsonNode content) {
    if (content.isString()) {
      return content.asString();
    }
    StringBuilder text = new StringBuilder();
    content.valueStream().forEach(block -> text.append(block.path("text").asString("")));
    return text.toString();
  }

  /** What a reply consists of, in its order; never empty. */
  static ArrayNode of(LmResponse reply) {
    ArrayNode content = Json.array();
    for (MessagePart part : reply.parts()) {
      ObjectNode block = Json.object();
      if (part instanceof MessagePart.Thinking thinking) {
        block.put("type", "thinking").put("thinking", thinking.text());
        content.add(block.put("signature", thinking.signature().orElse("")));
      } else if (part instanceof MessagePart.ToolCall call) {
        block.put("type", "tool_use").put("id", call.id()).put("name", call.name());
        content.add(block.set("input", input(call.arguments())));
      } else if (part instanceof MessagePart.Text text) {
        content.add(block.put("type", "text").put("text", text.text()));
      }
    }
    return content;
  }

  /** The input must be an object: what a model wrote otherwise goes into one. */
  private static JsonNode input(String arguments) {
    try {
      JsonNode input = Json.parse(arguments.isBlank() ? "{}" : arguments);
      return input.isObject() ? input : Json.object().put("input", arguments);
    } catch (JacksonException e) {
      return Json.object().put("input", arguments);
    }
  }
}
