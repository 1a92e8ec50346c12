package dev.hone.adapter.tool;

import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.text.CallIds;
import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads tool calls as models write them into the canonical array: their form is repaired, never
 * what they say. Whether there is such a tool, and whether the arguments fit it, is not looked at.
 */
public final class CallReader {
  private static final int SHOWN_CHARS = 80;
  private static final List<String> LISTS = List.of("tool_calls", "calls", "toolCalls", "tools");

  private final Prompt prompt;
  private final CallFields fields;
  private final ToolTypes types;
  private final String path;
  private final int turn;

  /** A reader of replies to a prompt. */
  public CallReader(Prompt prompt, CallFields fields) {
    this.prompt = prompt;
    this.fields = fields;
    this.types = new ToolTypes(prompt.tools());
    Field calls = fields.calls();
    this.path = calls == null ? "calls" : calls.name();
    this.turn = fields.turnNumber(prompt.input());
  }

  /**
   * The calls of a section's text.
   *
   * @throws TypeMismatchException if there are none, or they can be read in two ways
   */
  public ArrayNode ofText(String raw) {
    Optional<CallTexts.Found> marked =
        BareCalls.isJson(raw) ? Optional.empty() : CallTexts.find(raw, path, prompt.tools());
    if (marked.isPresent()) {
      if (marked.get().segments().size() > 1) {
        throw new TypeMismatchException(path, "has results between its calls");
      }
      return canonical(marked.get().segments().get(0).calls());
    }
    List<CallForm> program = PythonCalls.of(BareCalls.unfenced(raw));
    if (!program.isEmpty()) {
      return canonical(program);
    }
    Optional<LenientJson.Reading> found =
        LenientJson.read(raw).filter(reading -> reading.value().isContainer());
    if (found.isEmpty() && isNone(raw)) {
      return Json.array();
    }
    LenientJson.Reading reading = found.orElseThrow(() -> unread(raw));
    if (reading.doubt() != null) {
      throw new TypeMismatchException(path, "can be read in two ways: " + reading.doubt());
    }
    if (reading.truncated()) {
      throw new TypeMismatchException(path, "the JSON ends before it is complete");
    }
    return reading.surrounded() ? ofSeveral(raw) : ofJson(reading.value());
  }

  /** Objects that stand one after another, with nothing but commas between them. */
  private ArrayNode ofSeveral(String raw) {
    return canonical(
        BareCalls.of(raw, path).map(BareCalls.Found::calls).orElseThrow(() -> unread(raw)));
  }

  private static boolean isNone(String raw) {
    String bare = raw.strip();
    return bare.isEmpty() || bare.equalsIgnoreCase("none") || bare.equalsIgnoreCase("null");
  }

  private TypeMismatchException unread(String raw) {
    return new TypeMismatchException(
        path,
        "found \"%s\", expected a JSON array of tool calls"
            .formatted(Excerpt.ofLine(Excerpt.prefix(raw, 1_000), SHOWN_CHARS)));
  }

  /**
   * The calls of JSON: an array of calls, one of them, or an object around such an array.
   *
   * @throws TypeMismatchException if an item is no call
   */
  public ArrayNode ofJson(JsonNode node) {
    if (node.isString()) {
      return ofText(node.stringValue());
    }
    if (node.isObject() && node.size() == 1) {
      for (String list : LISTS) {
        if (node.path(list).isArray()) {
          return ofJson(node.path(list));
        }
      }
    }
    List<CallForm> calls = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(item -> calls.add(call(item, calls.size())));
    } else if (!node.isNull()) {
      calls.add(call(node, 0));
    }
    return canonical(calls);
  }

  private CallForm call(JsonNode node, int index) {
    String place = path + "[" + index + "]";
    JsonNode item = node.isString() ? object(node) : node;
    if (item.size() == 1 && item.isObject()) {
      String only = item.propertyNames().iterator().next();
      if (types.isTool(only) && item.path(only).isObject()) {
        return new CallForm("", only, item.path(only));
      }
    }
    return Optional.ofNullable(CallForm.of(item, place))
        .orElseThrow(
            () ->
                new TypeMismatchException(
                    place,
                    "found %s, expected {\"tool\": a tool's name, \"arguments\": {…}}"
                        .formatted(Excerpt.of(Json.write(node), SHOWN_CHARS))));
  }

  /** An item that is JSON in a text, read; otherwise as it is. */
  private static JsonNode object(JsonNode item) {
    return LenientJson.readObject(item.asString(""))
        .filter(r -> r.doubt() == null && !r.truncated() && !r.surrounded())
        .map(LenientJson.Reading::value)
        .orElse(item);
  }

  private ArrayNode canonical(List<CallForm> calls) {
    ArrayNode array = Json.array();
    for (CallForm call : calls) {
      array.add(call.toJson(CallIds.of(turn, array.size() + 1)));
    }
    return array;
  }

  /** Whether a text has calls with signs of other makers around them. */
  public boolean hasMarked(String text) {
    try {
      return CallTexts.find(text, path, prompt.tools()).isPresent();
    } catch (TypeMismatchException onlySpokenOf) {
      return false;
    }
  }

  /**
   * The outputs of a reply without a frame, whose calls stand in it as other makers write them; its
   * thought is what is before them.
   *
   * @throws TypeMismatchException if there are calls that cannot be read, or may not be meant
   */
  public Optional<ObjectNode> ofReply(String reply) {
    int sign = CallTexts.first(reply);
    int json = BareCalls.first(reply);
    Optional<CallTexts.Found> marked =
        sign < 0 || json >= 0 && json < sign || BareCalls.isJson(reply)
            ? Optional.empty()
            : CallTexts.find(reply, path, prompt.tools());
    if (marked.isPresent()) {
      CallTexts.Segment answer = answer(marked.get().segments());
      String before = reply.substring(answer.from(), answer.start());
      return Optional.of(outputs(Thoughts.clean(before, fields), canonical(answer.calls())));
    }
    String bare = BareCalls.unfenced(reply).strip();
    List<CallForm> program = bare.startsWith("[") ? PythonCalls.of(bare) : List.of();
    if (!program.isEmpty() && program.stream().allMatch(call -> types.isTool(call.tool()))) {
      return Optional.of(outputs("", canonical(program)));
    }
    return BareCalls.of(reply, path)
        .map(
            f ->
                outputs(
                    Thoughts.clean(reply.substring(0, f.start()), fields), canonical(f.calls())));
  }

  /** The first calls that are not told again from an earlier turn, with its results after them. */
  private CallTexts.Segment answer(List<CallTexts.Segment> segments) {
    List<List<CallForm>> done = done();
    for (int i = 0; i < segments.size() - 1; i++) {
      List<CallForm> calls = segments.get(i).calls();
      if (done.stream().noneMatch(before -> isSame(before, calls))) {
        return segments.get(i);
      }
    }
    return segments.get(segments.size() - 1);
  }

  private List<List<CallForm>> done() {
    Field field = fields.trajectory();
    return field == null
        ? List.of()
        : Trajectory.ofJson(prompt.input().path(field.name())).turns().stream()
            .map(
                turn ->
                    turn.calls().stream()
                        .map(
                            call -> {
                              JsonNode node = Trajectory.json(call);
                              return new CallForm("", call.name(), node.path("arguments"));
                            })
                        .toList())
            .toList();
  }

  private static boolean isSame(List<CallForm> one, List<CallForm> other) {
    for (int i = 0; i < one.size(); i++) {
      if (one.size() != other.size() || !one.get(i).isSame(other.get(i))) {
        return false;
      }
    }
    return one.size() == other.size();
  }

  /** A thought and calls as the outputs. */
  public ObjectNode outputs(String thought, ArrayNode calls) {
    ObjectNode outputs = Json.object();
    for (Field field : fields.outputs()) {
      if (field.equals(fields.calls())) {
        outputs.set(field.name(), calls);
      } else {
        outputs.put(field.name(), thought);
      }
    }
    return outputs;
  }

  /** The calls of parts of a reply. */
  ArrayNode ofParts(List<CallForm> calls) {
    return canonical(calls);
  }
}
