package dev.hone.prompt;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an agent did so far: its turns, oldest first. The value of an input of the kind {@link
 * dev.hone.type.MessageKind#TRAJECTORY}, which adapters render as turns of the conversation.
 * Immutable.
 */
public final class Trajectory {
  private static final Trajectory EMPTY = new Trajectory(List.of(), 0);

  private final List<Turn> turns;
  private final int leftOut;

  private Trajectory(List<Turn> turns, int leftOut) {
    this.turns = turns;
    this.leftOut = leftOut;
  }

  /**
   * One turn: what the model thought, the tools that it called, and what they returned.
   *
   * @param thought what it said before the calls; may be empty
   * @param calls the calls, in order; may be empty
   * @param results a result for each call, in the order of the calls
   */
  public record Turn(String thought, List<ToolCall> calls, List<ToolResult> results) {
    /** Checks that each call has its result. */
    public Turn {
      calls = List.copyOf(calls);
      results = List.copyOf(results);
      if (calls.size() != results.size()) {
        throw InvalidInputException.of(
            "A turn has %d calls and %d results".formatted(calls.size(), results.size()),
            "add an error as the result of a call that was not made");
      }
    }
  }

  /** No turn yet. */
  public static Trajectory empty() {
    return EMPTY;
  }

  /** A copy with one more turn at the end. */
  public Trajectory plus(Turn turn) {
    List<Turn> more = new ArrayList<>(turns);
    more.add(turn);
    return new Trajectory(List.copyOf(more), leftOut);
  }

  /**
   * A copy without its oldest turns, which says how many were left out.
   *
   * @param count at most as many as there are
   */
  public Trajectory withoutOldest(int count) {
    return new Trajectory(turns.subList(count, turns.size()), leftOut + count);
  }

  /** A copy whose last turn, which there must be, is another one, such as a shorter one. */
  public Trajectory withLast(Turn turn) {
    List<Turn> changed = new ArrayList<>(turns);
    changed.set(turns.size() - 1, turn);
    return new Trajectory(List.copyOf(changed), leftOut);
  }

  /** The turns that are shown, oldest first. */
  public List<Turn> turns() {
    return turns;
  }

  /** The number of all turns, those included that were left out. */
  public int size() {
    return leftOut + turns.size();
  }

  /** How many turns before these were left out, since they did not fit. */
  public int leftOut() {
    return leftOut;
  }

  /**
   * The turns as a JSON array: each {@code thought}, {@code calls} (objects with {@code id}, {@code
   * tool}, {@code arguments}) and {@code results} (objects with {@code id}, {@code tool}, {@code
   * text}, {@code error}); before them, if turns were left out, an object with {@code leftOut}.
   */
  public ArrayNode toJson() {
    ArrayNode array = Json.array();
    if (leftOut > 0) {
      array.add(Json.object().put("leftOut", leftOut));
    }
    for (Turn turn : turns) {
      ObjectNode node = array.addObject().put("thought", turn.thought());
      ArrayNode calls = node.putArray("calls");
      turn.calls().forEach(call -> calls.add(json(call)));
      ArrayNode results = node.putArray("results");
      turn.results().forEach(result -> results.add(json(result)));
    }
    return array;
  }

  /** A call as JSON: its arguments as an object, or as a text if they cannot be read as one. */
  public static ObjectNode json(ToolCall call) {
    ObjectNode node = Json.object().put("id", call.id()).put("tool", call.name());
    Optional<ObjectNode> arguments =
        LenientJson.readObject(call.arguments())
            .filter(reading -> reading.doubt() == null)
            .map(reading -> (ObjectNode) reading.value());
    if (arguments.isPresent()) {
      node.set("arguments", arguments.get());
    } else {
      node.put("arguments", call.arguments());
    }
    return node;
  }

  /** A call of the JSON that {@link #json(ToolCall)} writes. */
  public static ToolCall call(JsonNode node) {
    JsonNode arguments = node.path("arguments");
    return MessagePart.toolCall(
        node.path("id").asString(""),
        node.path("tool").asString(""),
        arguments.isString() ? arguments.stringValue() : Json.write(arguments));
  }

  private static ObjectNode json(ToolResult result) {
    return Json.object()
        .put("id", result.callId())
        .put("tool", result.name())
        .put("text", result.text())
        .put("error", result.isError());
  }

  /** The trajectory of the JSON that {@link #toJson} writes. */
  public static Trajectory ofJson(JsonNode array) {
    Trajectory read = EMPTY;
    int leftOut = 0;
    for (JsonNode node : array) {
      if (node.has("leftOut")) {
        leftOut = node.path("leftOut").asInt(0);
        continue;
      }
      List<ToolCall> calls = new ArrayList<>();
      node.path("calls").forEach(call -> calls.add(call(call)));
      List<ToolResult> results = new ArrayList<>();
      node.path("results")
          .forEach(
              result ->
                  results.add(
                      MessagePart.toolResult(
                          result.path("id").asString(""),
                          result.path("tool").asString(""),
                          result.path("text").asString(""),
                          result.path("error").asBoolean(false))));
      read = read.plus(new Turn(node.path("thought").asString(""), calls, results));
    }
    return new Trajectory(read.turns, leftOut);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Trajectory trajectory
        && trajectory.turns.equals(turns)
        && trajectory.leftOut == leftOut;
  }

  @Override
  public int hashCode() {
    return Objects.hash(turns, leftOut);
  }

  /** One line, such as {@code Trajectory[3 turns]}. */
  @Override
  public String toString() {
    return "Trajectory[%d turns]".formatted(turns.size());
  }
}
