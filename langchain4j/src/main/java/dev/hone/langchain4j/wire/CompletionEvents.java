package dev.hone.langchain4j.wire;

import dev.hone.json.Json;
import dev.langchain4j.exception.ContentFilteredException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of one streamed completion in their plainest shape, so that a reply is the same as if
 * it came whole, see {@link Completion}. A refusal in place of an answer fails at the end. Used
 * once, by one thread.
 */
final class CompletionEvents implements UnaryOperator<String> {
  private final StringBuilder refusal = new StringBuilder();
  private boolean hasContent;

  @Override
  public String apply(String data) {
    String plain =
        Completion.parse(data)
            .filter(event -> event.path("choices").isArray())
            .map(event -> Json.write(Completion.shaped(event, "delta", this::delta)))
            .orElse(data);
    boolean isLast = plain.equals(EventStream.DONE) || plain.contains("\"finish_reason\"");
    if (isLast && !hasContent && !refusal.isEmpty()) {
      throw new ContentFilteredException(refusal.toString());
    }
    return plain;
  }

  private ObjectNode delta(JsonNode choice) {
    JsonNode said = choice.path("delta").isObject() ? choice.path("delta") : choice.path("message");
    ObjectNode plain = Completion.texts(said.isObject() ? said : choice);
    hasContent |= !plain.path("content").asString("").isBlank();
    refusal.append(plain.path("refusal").asString(""));
    plain.remove("refusal");
    toolCalls(said.path("tool_calls"), plain);
    if (said.path("function_call").isObject()) {
      plain.set("function_call", function(said.path("function_call")));
    }
    return plain;
  }

  /** Pieces of calls: what a piece lacks came in an earlier one, or comes later. */
  private static void toolCalls(JsonNode pieces, ObjectNode plain) {
    if (!pieces.isArray() || pieces.isEmpty()) {
      return;
    }
    ArrayNode calls = plain.putArray("tool_calls");
    for (int i = 0; i < pieces.size(); i++) {
      JsonNode piece = pieces.get(i);
      ObjectNode call = calls.addObject().put("type", "function");
      if (piece.path("index").isNumber()) {
        call.put("index", piece.path("index").asInt(i));
      } else if (pieces.size() > 1) {
        call.put("index", i);
      }
      Completion.keep(piece, "id", call);
      call.set("function", function(piece.path("function")));
    }
  }

  private static ObjectNode function(JsonNode piece) {
    ObjectNode plain = Json.object();
    Completion.keep(piece, "name", plain);
    JsonNode arguments = piece.path("arguments");
    if (!arguments.isMissingNode() && !arguments.isNull()) {
      plain.put("arguments", arguments.isObject() ? Json.write(arguments) : arguments.asString(""));
    }
    return plain;
  }

  /** The whole that a stream of events tells piece by piece; empty if its end is missing. */
  static Optional<JsonNode> joined(String stream) {
    ObjectNode whole = Json.object();
    ObjectNode message = Json.object();
    Map<Integer, ObjectNode> calls = new TreeMap<>();
    CompletionEvents events = new CompletionEvents();
    StringBuilder content = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    boolean begun = false;
    boolean ended = false;
    ObjectNode choice = whole.putArray("choices").addObject();
    for (String line : (Iterable<String>) stream.lines()::iterator) {
      String data = line.startsWith("data:") ? line.substring(5).strip() : "";
      ended |= data.equals(EventStream.DONE);
      JsonNode event =
          data.startsWith("{") ? Completion.parse(data).orElse(Json.object()) : Json.object();
      if (Completion.isError(event.path("error"))) {
        return Optional.of(event);
      }
      JsonNode piece = Completion.parse(events.apply(data)).orElse(event).path("choices").path(0);
      JsonNode delta = piece.path("delta");
      begun |= delta.isObject();
      content.append(delta.path("content").asString(""));
      thoughts.append(delta.path("reasoning_content").asString(""));
      delta.path("tool_calls").forEach(call -> join(call, calls));
      if (delta.has("function_call")) {
        join(Json.object().put("index", 0).set("function", delta.path("function_call")), calls);
      }
      Completion.keep(event, "model", whole);
      Completion.keep(event, "usage", whole);
      Completion.keep(piece, "finish_reason", choice);
    }
    if (!begun || !ended && !choice.has("finish_reason")) {
      return Optional.empty();
    }
    message.put("content", content.toString());
    Completion.putIfGiven(message, "reasoning_content", thoughts);
    message.putArray("tool_calls").addAll(calls.values());
    choice.set("message", message);
    return Optional.of(whole);
  }

  private static void join(JsonNode piece, Map<Integer, ObjectNode> calls) {
    ObjectNode call =
        calls.computeIfAbsent(piece.path("index").asInt(calls.size()), i -> Json.object());
    Completion.keep(piece, "id", call);
    JsonNode function = piece.path("function");
    ObjectNode known = call.withObject("function");
    Completion.keep(function, "name", known);
    known.put(
        "arguments",
        known.path("arguments").asString("") + function.path("arguments").asString(""));
  }
}
