package dev.hone.modelserver.wire;

import dev.hone.json.Json;
import dev.hone.modelserver.wire.WireAnswer.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A reply as the stream of events of OpenAI's responses. Used once. */
final class ResponsesStream {
  private final ObjectNode asked;
  private final int pieceLength;
  private final List<StreamEvent> events = new ArrayList<>();

  ResponsesStream(ObjectNode asked, int pieceLength) {
    this.asked = asked;
    this.pieceLength = pieceLength;
  }

  /** All events of a response, which ends with the whole of it. */
  List<StreamEvent> events(ObjectNode response) {
    ObjectNode begun = Responses.head(asked, "in_progress");
    add("response.created", Json.object().set("response", begun));
    add("response.in_progress", Json.object().set("response", begun));
    int index = 0;
    for (JsonNode item : response.path("output")) {
      item((ObjectNode) item, index++);
    }
    String status = response.path("status").asString("");
    add("response." + status, Json.object().set("response", response));
    return events;
  }

  private void item(ObjectNode item, int index) {
    ObjectNode empty = item.deepCopy();
    empty.put("status", "in_progress");
    String kind = item.path("type").asString("");
    switch (kind) {
      case "message" -> empty.putArray("content");
      case "function_call" -> empty.put("arguments", "");
      default -> empty.putArray("summary");
    }
    add("response.output_item.added", at(index).set("item", empty));
    ObjectNode place = at(index).put("item_id", item.path("id").asString(""));
    switch (kind) {
      case "message" -> message(item.path("content").path(0), place);
      case "function_call" ->
          deltas("response.function_call_arguments", "arguments", item.path("arguments"), place);
      default -> {
        place.put("summary_index", 0);
        deltas(
            "response.reasoning_summary_text",
            "text",
            item.path("summary").path(0).path("text"),
            place);
      }
    }
    add("response.output_item.done", at(index).set("item", item));
  }

  private void message(JsonNode content, ObjectNode place) {
    place.put("content_index", 0);
    ObjectNode empty = ((ObjectNode) content.deepCopy()).put("text", "");
    add("response.content_part.added", place.deepCopy().set("part", empty));
    deltas("response.output_text", "text", content.path("text"), place);
    add("response.content_part.done", place.deepCopy().set("part", content));
  }

  private void deltas(String name, String key, JsonNode text, ObjectNode place) {
    for (String piece : WireFormat.pieces(text.asString(""), pieceLength)) {
      add(name + ".delta", place.deepCopy().put("delta", piece));
    }
    add(name + ".done", place.deepCopy().set(key, text));
  }

  private static ObjectNode at(int index) {
    return Json.object().put("output_index", index);
  }

  private void add(String name, JsonNode data) {
    ObjectNode event = Json.object().put("type", name).put("sequence_number", events.size());
    event.setAll((ObjectNode) data);
    events.add(StreamEvent.of(name, event));
  }
}
