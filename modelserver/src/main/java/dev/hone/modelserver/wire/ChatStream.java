package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.modelserver.wire.WireAnswer.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A reply as the stream of chunks of OpenAI's chat completions. Used once. */
final class ChatStream {
  private final ObjectNode asked;
  private final int pieceLength;
  private final List<StreamEvent> events = new ArrayList<>();

  ChatStream(ObjectNode asked, int pieceLength) {
    this.asked = asked;
    this.pieceLength = pieceLength;
  }

  /** All chunks, with the usage if it was asked for, and the end. */
  List<StreamEvent> events(LmResponse reply) {
    add(Json.object().put("role", "assistant").put("content", ""), null);
    String reasoning = reply.reasoning();
    if (reasoning != null) {
      WireFormat.pieces(reasoning, pieceLength)
          .forEach(piece -> add(Json.object().put("reasoning_content", piece), null));
    }
    WireFormat.pieces(reply.text(), pieceLength)
        .forEach(piece -> add(Json.object().put("content", piece), null));
    int index = 0;
    for (MessagePart part : reply.parts()) {
      if (part instanceof MessagePart.ToolCall call) {
        call(index++, call);
      }
    }
    add(Json.object(), ChatCompletions.stopReason(reply.stopReason()));
    if (asked.path("stream_options").path("include_usage").asBoolean(false)
        && reply.usage().known()) {
      ObjectNode chunk = ChatCompletions.head("chat.completion.chunk", asked);
      chunk.putArray("choices");
      chunk.set("usage", ChatCompletions.usage(reply.usage()));
      events.add(StreamEvent.of("", chunk));
    }
    events.add(new StreamEvent("", "[DONE]"));
    return events;
  }

  private void call(int index, MessagePart.ToolCall call) {
    ObjectNode first = Json.object();
    ObjectNode begun = first.putArray("tool_calls").addObject().put("index", index);
    begun.put("id", call.id()).put("type", "function");
    begun.putObject("function").put("name", call.name()).put("arguments", "");
    add(first, null);
    for (String piece : WireFormat.pieces(call.arguments(), pieceLength)) {
      ObjectNode delta = Json.object();
      ObjectNode more = delta.putArray("tool_calls").addObject().put("index", index);
      more.putObject("function").put("arguments", piece);
      add(delta, null);
    }
  }

  private void add(ObjectNode delta, @Nullable String finishReason) {
    ObjectNode chunk = ChatCompletions.head("chat.completion.chunk", asked);
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finishReason);
    events.add(StreamEvent.of("", chunk));
  }
}
