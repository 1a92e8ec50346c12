package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The items of OpenAI's responses, as messages of its chat completions, and out of replies. */
final class ResponsesItems {
  private ResponsesItems() {}

  /**
   * The conversation of a request. Calls that follow a message of the model belong to it, and so
   * does what it thought before.
   */
  static ArrayNode messages(ObjectNode body) {
    ArrayNode messages = Json.array();
    String instructions = body.path("instructions").asString("");
    if (!instructions.isEmpty()) {
      messages.addObject().put("role", "system").put("content", instructions);
    }
    if (body.path("input").isString()) {
      messages.addObject().put("role", "user").put("content", body.path("input").asString());
    }
    body.path("input").valueStream().forEach(item -> add(item, messages));
    return messages;
  }

  private static void add(JsonNode item, ArrayNode messages) {
    switch (item.path("type").asString("message")) {
      case "message" -> message(item, begun(item, messages));
      case "function_call" -> call(item, assistant(messages));
      case "function_call_output" ->
          messages
              .addObject()
              .put("role", "tool")
              .put("tool_call_id", item.path("call_id").asString(""))
              .put("content", text(item.path("output")));
      case "reasoning" -> silent(messages).put("reasoning_content", text(item.path("summary")));
      default ->
          throw new IllegalArgumentException(
              "Invalid 'input': an item of the type '%s'"
                  .formatted(item.path("type").asString("")));
    }
  }

  /** Where a message goes: what the model thought before is a part of it. */
  private static ObjectNode begun(JsonNode item, ArrayNode messages) {
    JsonNode last = messages.isEmpty() ? Json.object() : messages.get(messages.size() - 1);
    boolean onlyThought =
        last.has("reasoning_content")
            && !last.has("tool_calls")
            && last.path("content").asString("").isEmpty();
    return onlyThought && item.path("role").asString("").equals("assistant")
        ? (ObjectNode) last
        : messages.addObject();
  }

  private static void message(JsonNode item, ObjectNode message) {
    String role = item.path("role").asString("");
    message.put("role", role);
    if (!role.equals("user") || item.path("content").isString()) {
      message.put("content", text(item.path("content")));
      return;
    }
    ArrayNode parts = message.putArray("content");
    for (JsonNode part : item.path("content")) {
      if (part.has("image_url")) {
        parts
            .addObject()
            .put("type", "image_url")
            .putObject("image_url")
            .put("url", part.path("image_url").asString(""));
      } else if (part.path("type").asString("").equals("input_file")) {
        JsonNode data = part.has("file_url") ? part.path("file_url") : part.path("file_data");
        parts.addObject().put("type", "file").putObject("file").set("file_data", data);
      } else {
        parts.addObject().put("type", "text").put("text", part.path("text").asString(""));
      }
    }
  }

  /** The message of the model that the conversation ends with, or a new one. */
  private static ObjectNode assistant(ArrayNode messages) {
    JsonNode last = messages.isEmpty() ? Json.object() : messages.get(messages.size() - 1);
    if (last instanceof ObjectNode message
        && message.path("role").asString("").equals("assistant")) {
      return message;
    }
    return silent(messages);
  }

  /** A new message of the model, which says nothing yet. */
  private static ObjectNode silent(ArrayNode messages) {
    return messages.addObject().put("role", "assistant").put("content", "");
  }

  private static void call(JsonNode item, ObjectNode message) {
    ObjectNode call = message.withArray("tool_calls").addObject();
    call.put("id", item.path("call_id").asString("")).put("type", "function");
    call.putObject("function")
        .put("name", item.path("name").asString(""))
        .put("arguments", item.path("arguments").asString(""));
  }

  private static String text(JsonNode content) {
    if (content.isString()) {
      return content.asString();
    }
    StringBuilder text = new StringBuilder();
    content.valueStream().forEach(part -> text.append(part.path("text").asString("")));
    return text.toString();
  }

  /** Tools have no object "function" around them here. */
  static ArrayNode tools(JsonNode array) {
    ArrayNode tools = Json.array();
    for (JsonNode tool : array) {
      ObjectNode written = tools.addObject().put("type", tool.path("type").asString(""));
      written.set("function", tool);
    }
    return tools;
  }

  /** What a reply consists of: reasoning, message, calls. */
  static ArrayNode output(LmResponse reply) {
    ArrayNode output = Json.array();
    String reasoning = reply.reasoning();
    if (reasoning != null) {
      ObjectNode item = output.addObject().put("type", "reasoning").put("id", "rs_stub");
      item.putArray("summary").addObject().put("type", "summary_text").put("text", reasoning);
    }
    boolean calls = reply.parts().stream().anyMatch(MessagePart.ToolCall.class::isInstance);
    if (!reply.text().isEmpty() || !calls) {
      ObjectNode item = output.addObject().put("type", "message").put("id", "msg_stub");
      item.put("status", "completed").put("role", "assistant");
      ObjectNode content = item.putArray("content").addObject().put("type", "output_text");
      content.put("text", reply.text()).putArray("annotations");
    }
    for (MessagePart part : reply.parts()) {
      if (part instanceof MessagePart.ToolCall call) {
        output
            .addObject()
            .put("type", "function_call")
            .put("id", "fc_" + output.size())
            .put("call_id", call.id())
            .put("name", call.name())
            .put("arguments", call.arguments())
            .put("status", "completed");
      }
    }
    return output;
  }
}
