package dev.hone.testkit;

import dev.hone.json.Json;
import dev.hone.testkit.FaultyServer.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the faulty server answers: whole HTTP responses, good ones and others. */
final class FaultyReplies {
  private static final AtomicLong IDS = new AtomicLong();

  private FaultyReplies() {}

  static byte[] bytes(Fault fault, JsonNode request, String text) {
    String body =
        switch (fault) {
          case RATE_LIMITED -> error("rate_limit_exceeded", "busy");
          case BROKEN -> error("server_error", "broken");
          case WRONG_CONTENT -> "<!DOCTYPE html><html><body>Welcome</body></html>";
          default -> Json.write(completion(fault, request, text));
        };
    int status = fault == Fault.RATE_LIMITED ? 429 : fault == Fault.BROKEN ? 500 : 200;
    String whole =
        "HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nretry-after-ms: 20\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
    byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
    boolean half = fault == Fault.STALLED || fault == Fault.TRUNCATED;
    return half ? Arrays.copyOf(bytes, bytes.length - body.length() / 2) : bytes;
  }

  private static String error(String code, String message) {
    ObjectNode body = Json.object();
    body.putObject("error").put("message", message).put("type", code).put("code", code);
    return Json.write(body);
  }

  private static ObjectNode completion(Fault fault, JsonNode request, String text) {
    ObjectNode body = Json.object().put("model", "faulty");
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    boolean calls = !request.path("tools").isEmpty() && fault != Fault.NULL_CONTENT;
    if (calls) {
      message.set("tool_calls", calls(fault, request, text));
    }
    boolean says = fault == Fault.CALLS_AND_TEXT || !calls && fault != Fault.NULL_CONTENT;
    message.put("content", says ? "echo " + text : null);
    String reason = fault == Fault.CALL_CUT_OFF ? "length" : calls ? "tool_calls" : "stop";
    choice.put("finish_reason", reason);
    body.putObject("usage")
        .put("prompt_tokens", 10)
        .put("completion_tokens", FaultyServer.TOKENS_PER_REPLY - 10)
        .put("total_tokens", FaultyServer.TOKENS_PER_REPLY);
    return body;
  }

  private static ArrayNode calls(Fault fault, JsonNode request, String text) {
    JsonNode tool = tool(request);
    String arguments = Json.write(sample(tool.path("parameters"), text));
    String id = fault == Fault.EMPTY_IDS ? "" : "call_" + IDS.incrementAndGet();
    ArrayNode calls = Json.array();
    ObjectNode call = calls.addObject().put("id", id).put("type", "function");
    call.putObject("function")
        .put("name", tool.path("name").asString("") + (fault == Fault.UNKNOWN_TOOL ? "s_" : ""))
        .put(
            "arguments",
            switch (fault) {
              case MALFORMED_ARGUMENTS -> "with " + arguments.replace("{", "(").replace("}", ")");
              case CALL_CUT_OFF -> arguments.substring(0, arguments.length() / 2);
              case TWO_CALLS_IN_ONE -> arguments + arguments.replace(text, "other");
              default -> arguments;
            });
    if (fault == Fault.DUPLICATE_IDS) {
      calls.add(call.deepCopy());
    }
    return calls;
  }

  /** The tool that a model would call: the first one, and after a result the one that submits. */
  private static JsonNode tool(JsonNode request) {
    List<JsonNode> tools = new ArrayList<>();
    request.path("tools").forEach(tool -> tools.add(tool.path("function")));
    JsonNode messages = request.path("messages");
    boolean hasResult = messages.path(messages.size() - 1).path("role").asString("").equals("tool");
    return tools.stream()
        .filter(tool -> tool.path("name").asString("").equals("submit") == hasResult)
        .findFirst()
        .orElse(tools.get(0));
  }

  /** A value that a schema takes. */
  private static JsonNode sample(JsonNode schema, String text) {
    if (schema.has("enum")) {
      return schema.path("enum").path(0);
    } else if (schema.has("anyOf")) {
      return sample(schema.path("anyOf").path(0), text);
    }
    JsonNode type = schema.path("type");
    ObjectNode value = Json.object();
    switch (type.isArray() ? type.path(0).asString("") : type.asString("")) {
      case "object" ->
          schema
              .path("properties")
              .properties()
              .forEach(e -> value.withObject("v").set(e.getKey(), sample(e.getValue(), text)));
      case "array" -> value.putArray("v").add(sample(schema.path("items"), text));
      case "integer", "number" -> value.put("v", schema.path("minimum").asInt(1));
      case "boolean" -> value.put("v", true);
      default -> value.put("v", text);
    }
    return value.path("v").isMissingNode() ? Json.object() : value.path("v");
  }
}
