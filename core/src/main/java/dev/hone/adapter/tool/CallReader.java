package dev.hone.adapter.tool;

import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.text.Excerpt;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads tool calls as models write them into the canonical array. */
public final class CallReader {
  private static final int SHOWN_CHARS = 80;

  private final String path;
  private final int turn;

  /**
   * A reader.
   *
   * @param path the name of the output; for errors
   * @param turn the number of the turn that the calls are of; for ids
   */
  public CallReader(String path, int turn) {
    this.path = path;
    this.turn = turn;
  }

  /**
   * The calls of a section's text.
   *
   * @throws TypeMismatchException if there are none, or they can be read in two ways
   */
  public ArrayNode ofText(String raw) {
    LenientJson.Reading reading =
        LenientJson.read(raw)
            .filter(found -> found.value().isContainer())
            .orElseThrow(() -> unread(raw));
    if (reading.doubt() != null) {
      throw new TypeMismatchException(path, "can be read in two ways: " + reading.doubt());
    }
    if (reading.truncated()) {
      throw new TypeMismatchException(path, "the JSON ends before it is complete");
    }
    return ofJson(reading.value());
  }

  private TypeMismatchException unread(String raw) {
    return new TypeMismatchException(
        path,
        "found \"%s\", expected a JSON array of tool calls"
            .formatted(Excerpt.ofLine(raw, SHOWN_CHARS)));
  }

  /**
   * The calls of JSON: an array of calls, or one of them.
   *
   * @throws TypeMismatchException if an item is no call
   */
  public ArrayNode ofJson(JsonNode node) {
    ArrayNode calls = Json.array();
    if (node.isString()) {
      return ofText(node.stringValue());
    }
    if (node.isArray()) {
      node.forEach(item -> calls.add(call(item, calls.size() + 1)));
    } else if (!node.isNull()) {
      calls.add(call(node, 1));
    }
    return calls;
  }

  private ObjectNode call(JsonNode node, int index) {
    return Optional.ofNullable(CallForm.of(node))
        .map(form -> form.toJson(CallIds.of(turn, index)))
        .orElseThrow(
            () ->
                new TypeMismatchException(
                    path + "[" + (index - 1) + "]",
                    "found %s, expected {\"tool\": a tool's name, \"arguments\": {…}}"
                        .formatted(Excerpt.of(Json.write(node), SHOWN_CHARS))));
  }
}
