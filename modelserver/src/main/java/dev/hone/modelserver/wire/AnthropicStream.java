package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.modelserver.wire.WireAnswer.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A reply as the stream of events of Anthropic's messages. Used once. */
final class AnthropicStream {
  private final ObjectNode asked;
  private final int pieceLength;
  private final List<StreamEvent> events = new ArrayList<>();

  AnthropicStream(ObjectNode asked, int pieceLength) {
    this.asked = asked;
    this.pieceLength = pieceLength;
  }

  /** All events, from the head of the message to its end. */
  List<StreamEvent> events(LmResponse reply) {
    ObjectNode message = AnthropicMessages.head(asked);
    message.set("usage", AnthropicMessages.usage(reply.usage(), 0));
    add("message_start", Json.object().set("message", message));
    add("ping", Json.object());
    int index = 0;
    for (JsonNode block : AnthropicContent.of(reply)) {
      block((ObjectNode) block, index++);
    }
    ObjectNode end = Json.object();
    end.putObject("delta")
        .put("stop_reason", AnthropicMessages.stopReason(reply.stopReason()))
        .putNull("stop_sequence");
    end.putObject("usage").put("output_tokens", reply.usage().completionTokens());
    add("message_delta", end);
    add("message_stop", Json.object());
    return events;
  }

  private void block(ObjectNode block, int index) {
    ObjectNode empty = block.deepCopy();
    switch (block.path("type").asString("")) {
      case "text" -> {
        start(index, empty.put("text", ""));
        deltas(index, "text_delta", "text", block.path("text").asString(""));
      }
      case "tool_use" -> {
        empty.putObject("input");
        start(index, empty);
        deltas(index, "input_json_delta", "partial_json", Json.write(block.path("input")));
      }
      default -> {
        start(index, empty.put("thinking", "").put("signature", ""));
        deltas(index, "thinking_delta", "thinking", block.path("thinking").asString(""));
        delta(index, "signature_delta", "signature", block.path("signature").asString(""));
      }
    }
    add("content_block_stop", Json.object().put("index", index));
  }

  private void start(int index, ObjectNode empty) {
    add("content_block_start", Json.object().put("index", index).set("content_block", empty));
  }

  private void deltas(int index, String type, String key, String text) {
    for (String piece : WireFormat.pieces(text, pieceLength)) {
      delta(index, type, key, piece);
    }
  }

  private void delta(int index, String type, String key, String piece) {
    ObjectNode data = Json.object().put("index", index);
    data.putObject("delta").put("type", type).put(key, piece);
    add("content_block_delta", data);
  }

  private void add(String name, JsonNode data) {
    ObjectNode event = Json.object().put("type", name);
    event.setAll((ObjectNode) data);
    events.add(StreamEvent.of(name, event));
  }
}
