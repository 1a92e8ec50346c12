package dev.hone.prompt;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Thinking;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.lm.media.MediaJson;
import dev.hone.prompt.Trajectory.Turn;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns of an agent as JSON, as {@link Trajectory#toJson} says. */
final class TurnJson {
  static final String THINKING = "thinking";

  private TurnJson() {}

  static ObjectNode of(Turn turn) {
    ObjectNode node = Json.object().put("thought", turn.thought());
    if (!turn.thinking().isEmpty()) {
      node.set(THINKING, of(turn.thinking()));
    }
    ArrayNode calls = node.putArray("calls");
    turn.calls().forEach(call -> calls.add(Trajectory.json(call)));
    ArrayNode results = node.putArray("results");
    turn.results().forEach(result -> results.add(of(result)));
    return node;
  }

  static ArrayNode of(List<Thinking> thinking) {
    ArrayNode array = Json.array();
    for (Thinking one : thinking) {
      ObjectNode node = array.addObject().put("text", one.text());
      one.signature().ifPresent(signature -> node.put("signature", signature));
    }
    return array;
  }

  private static ObjectNode of(ToolResult result) {
    ObjectNode node =
        Json.object()
            .put("id", result.callId())
            .put("tool", result.name())
            .put("text", result.text())
            .put("error", result.isError());
    if (result.content().size() > 1 || !result.images().isEmpty()) {
      ArrayNode content = node.putArray("content");
      result.content().forEach(part -> content.add(of(part)));
    }
    return node;
  }

  private static ObjectNode of(MessagePart part) {
    return part instanceof MessagePart.Image image
        ? MediaJson.of(image)
        : Json.object().put("text", ((MessagePart.Text) part).text());
  }

  static Turn read(JsonNode node) {
    List<ToolCall> calls = new ArrayList<>();
    node.path("calls").forEach(call -> calls.add(Trajectory.call(call)));
    List<ToolResult> results = new ArrayList<>();
    node.path("results").forEach(result -> results.add(result(result)));
    return new Turn(
        node.path("thought").asString(""), calls, results, thinking(node.path(THINKING)));
  }

  static List<Thinking> thinking(JsonNode array) {
    List<Thinking> thinking = new ArrayList<>();
    for (JsonNode node : array) {
      JsonNode signature = node.path("signature");
      thinking.add(
          MessagePart.thinking(
              node.path("text").asString(""),
              signature.isString() ? signature.stringValue() : null));
    }
    return thinking;
  }

  private static ToolResult result(JsonNode node) {
    List<MessagePart> content = new ArrayList<>();
    for (JsonNode part : node.path("content")) {
      content.add(
          part.has("text")
              ? MessagePart.text(part.path("text").asString(""))
              : MediaJson.image(part));
    }
    if (content.isEmpty()) {
      content.add(MessagePart.text(node.path("text").asString("")));
    }
    return MessagePart.toolResult(
        node.path("id").asString(""),
        node.path("tool").asString(""),
        content,
        node.path("error").asBoolean(false));
  }
}
