package dev.hone.prompt;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Thinking;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
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
  private static final String THINKING = TurnJson.THINKING;
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
   * @param thinking its own thoughts as its provider gave them, with their signatures: sent back
   *     before the calls within the same run, since providers ask for that; never shown in words,
   *     nor in demos; most often empty
   */
  public record Turn(
      String thought, List<ToolCall> calls, List<ToolResult> results, List<Thinking> thinking) {
    /** Checks that each call has its result. */
    public Turn {
      thinking = List.copyOf(thinking);
      calls = List.copyOf(calls);
      results = List.copyOf(results);
      if (calls.size() != results.size()) {
        throw InvalidInputException.of(
            "A turn has %d calls and %d results".formatted(calls.size(), results.size()),
            "add an error as the result of a call that was not made");
      }
    }

    /** A turn without thoughts of the provider's. */
    public Turn(String thought, List<ToolCall> calls, List<ToolResult> results) {
      this(thought, calls, results, List.of());
    }

    /** A copy with other results. */
    public Turn withResults(List<ToolResult> value) {
      return new Turn(thought, calls, value, thinking);
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

  /** Inputs without those that are trajectories: what was asked, without what was done about it. */
  public static ObjectNode withoutTurns(List<Field> fields, ObjectNode inputs) {
    List<String> turns = fields.stream().filter(Trajectory::isOfTurns).map(Field::name).toList();
    return turns.isEmpty() ? inputs : inputs.deepCopy().remove(turns);
  }

  /** Values of fields whose trajectories and calls are without the thoughts of a provider. */
  public static ObjectNode withoutThinking(List<Field> fields, ObjectNode values) {
    ObjectNode plain = values;
    for (Field field : fields) {
      JsonNode value = values.path(field.name());
      if (isOfTurns(field) && value.findValue(THINKING) != null) {
        plain = plain.deepCopy();
        plain.set(field.name(), ofJson(value).withoutThinking().toJson());
      } else if (isKind(field, MessageKind.TOOL_CALLS) && value.path(0).has(THINKING)) {
        plain = plain.deepCopy();
        ((ObjectNode) plain.path(field.name()).path(0)).remove(THINKING);
      }
    }
    return plain;
  }

  private static boolean isOfTurns(Field field) {
    return isKind(field, MessageKind.TRAJECTORY);
  }

  private static boolean isKind(Field field, MessageKind kind) {
    return field.type() instanceof FieldType.Message message && message.kind() == kind;
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

  /** A copy without the thoughts that only the same run may send back, such as for a demo. */
  public Trajectory withoutThinking() {
    List<Turn> plain =
        turns.stream().map(turn -> new Turn(turn.thought, turn.calls, turn.results)).toList();
    return new Trajectory(plain, leftOut);
  }

  /**
   * The turns as a JSON array: each {@code thought}, {@code calls} (objects with {@code id}, {@code
   * tool}, {@code arguments}) and {@code results} (objects with {@code id}, {@code tool}, {@code
   * text}, {@code error}); before them, if turns were left out, an object with {@code leftOut}. A
   * result that is not one text also has its parts as {@code content}: objects with {@code text},
   * with {@code mediaType} and {@code data} (Base64), or with {@code url}. A turn with thoughts of
   * the provider's has them as {@code thinking}: objects with {@code text} and {@code signature}.
   */
  public ArrayNode toJson() {
    ArrayNode array = Json.array();
    if (leftOut > 0) {
      array.add(Json.object().put("leftOut", leftOut));
    }
    turns.forEach(turn -> array.add(TurnJson.of(turn)));
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

  /** The provider's thoughts that came with the calls of a reply, kept in the first of them. */
  public static List<Thinking> thinking(JsonNode calls) {
    return TurnJson.thinking(calls.path(0).path(THINKING));
  }

  /** Keeps the provider's thoughts that came with some calls, if any did, in the first of them. */
  public static void keepThinking(ArrayNode calls, List<Thinking> thinking) {
    if (!thinking.isEmpty() && calls.path(0) instanceof ObjectNode first) {
      first.set(THINKING, TurnJson.of(thinking));
    }
  }

  /** The trajectory of the JSON that {@link #toJson} writes. */
  public static Trajectory ofJson(JsonNode array) {
    List<Turn> turns = new ArrayList<>();
    int leftOut = 0;
    for (JsonNode node : array) {
      if (node.has("leftOut")) {
        leftOut = node.path("leftOut").asInt(0);
      } else {
        turns.add(TurnJson.read(node));
      }
    }
    return new Trajectory(List.copyOf(turns), leftOut);
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
