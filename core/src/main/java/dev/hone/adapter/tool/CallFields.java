package dev.hone.adapter.tool;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Trajectory;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a signature that are turns of the conversation, or come as parts of a reply.
 *
 * @param trajectory the input that holds what was done so far; null if there is none
 * @param history the input that holds earlier exchanges; null if there is none
 * @param thought the output that the model's own words may take the place of; null if there is none
 * @param calls the output of tool calls; null if there is none
 * @param shown the inputs that have sections
 * @param outputs all outputs
 * @param results the name of the section with the results of calls, which no field has
 * @param only whether the thought and the calls are all outputs
 */
public record CallFields(
    @Nullable Field trajectory,
    @Nullable Field history,
    @Nullable Field thought,
    @Nullable Field calls,
    List<Field> shown,
    List<Field> outputs,
    String results,
    boolean only) {

  /** Those of a signature. */
  public static CallFields of(Signature<?, ?> signature) {
    return of(signature.inputFields(), signature.outputFields());
  }

  /** Those among inputs and outputs. */
  public static CallFields of(List<Field> inputs, List<Field> outputs) {
    @Nullable Field calls = first(outputs, MessageKind.TOOL_CALLS);
    @Nullable Field thought =
        calls == null
            ? null
            : outputs.stream().filter(CallFields::isThought).findFirst().orElse(null);
    int known = (calls == null ? 0 : 1) + (thought == null ? 0 : 1);
    return new CallFields(
        first(inputs, MessageKind.TRAJECTORY),
        first(inputs, MessageKind.HISTORY),
        thought,
        calls,
        inputs.stream().filter(field -> !isTurns(field)).toList(),
        List.copyOf(outputs),
        free(inputs, outputs),
        calls != null && outputs.size() == known);
  }

  private static String free(List<Field> inputs, List<Field> outputs) {
    return Stream.iterate("results", name -> "tool_" + name)
        .filter(
            name ->
                Stream.concat(inputs.stream(), outputs.stream())
                    .noneMatch(field -> field.name().equalsIgnoreCase(name)))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable Field first(List<Field> fields, MessageKind kind) {
    return fields.stream().filter(field -> isKind(field, kind)).findFirst().orElse(null);
  }

  private static boolean isThought(Field field) {
    return field.type() instanceof FieldType.Text text && text.reasoning();
  }

  /** The number of the turn that inputs ask for, from 1. */
  public int turnNumber(ObjectNode inputs) {
    if (trajectory == null) {
      return 1;
    }
    Trajectory done = Trajectory.ofJson(inputs.path(trajectory.name()));
    return done.leftOut() + done.turns().size() + 1;
  }

  /** The values that the last turn of the user shows: those of inputs, or the last results too. */
  public ObjectNode asked(ObjectNode inputs) {
    if (trajectory == null || inputs.path(trajectory.name()).isEmpty()) {
      return inputs;
    }
    List<Trajectory.Turn> turns = Trajectory.ofJson(inputs.path(trajectory.name())).turns();
    ObjectNode asked = inputs.deepCopy();
    if (!turns.isEmpty()) {
      asked.set(results, results(turns.get(turns.size() - 1)));
    }
    return asked;
  }

  /**
   * The results of a turn as a section shows them, errors by their own key, with the numbers of
   * images where these stand.
   */
  public static ArrayNode results(Trajectory.Turn turn) {
    ArrayNode array = Json.array();
    AtomicInteger number = new AtomicInteger();
    for (ToolResult result : turn.results()) {
      String text = text(result, () -> label(number.incrementAndGet()));
      array.addObject().put("tool", result.name()).put(result.isError() ? "error" : "result", text);
    }
    return array;
  }

  /** What stands for an image of a turn's results, counted from 1. */
  public static String label(int number) {
    return "[image " + number + "]";
  }

  /** The contents of a result as one text, with something in place of each image. */
  public static String text(ToolResult result, Supplier<String> image) {
    return result.content().stream()
        .map(part -> part instanceof MessagePart.Text text ? text.text() : image.get())
        .collect(Collectors.joining("\n"));
  }

  /** Whether a field is of a kind. */
  public static boolean isKind(Field field, MessageKind kind) {
    return field.type() instanceof FieldType.Message message && message.kind() == kind;
  }

  /** Whether an input is turns of the conversation rather than a section. */
  public static boolean isTurns(Field field) {
    return isKind(field, MessageKind.TRAJECTORY) || isKind(field, MessageKind.HISTORY);
  }

  /** Whether there are calls, or results of them, among the fields. */
  public boolean any() {
    return calls != null || trajectory != null;
  }

  /** The sections that turns of the user have: those of inputs, and of results if there are any. */
  public List<Field> questions() {
    return any()
        ? Stream.concat(shown.stream(), Stream.of(Field.of(results, new FieldType.Any()))).toList()
        : shown;
  }

  /** The outputs that a turn of the model has: its thought, if there is one, and its calls. */
  public List<Field> turn() {
    List<Field> turn = new ArrayList<>(2);
    if (calls == null || thought != null) {
      turn.add(thought == null ? Field.of("thought", new FieldType.Text()) : thought);
    }
    turn.add(
        calls == null ? Field.of("calls", new FieldType.Message(MessageKind.TOOL_CALLS)) : calls);
    return turn;
  }
}
