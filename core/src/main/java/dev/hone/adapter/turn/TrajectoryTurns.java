package dev.hone.adapter.turn;

import dev.hone.adapter.tool.CallFields;
import dev.hone.adapter.tool.SectionLayout;
import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Image;
import dev.hone.lm.MessagePart.Thinking;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.text.CallIds;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an agent did as turns of the conversation: in words, or in parts of messages. */
public final class TrajectoryTurns {
  private static final FieldType JSON = new FieldType.Any();
  private static final String NO_IMAGE = "[an image, which you cannot see]";
  private static final String NO_CALL = "You called no tool. ";
  private static final String EXAMPLE_ENDS = "(the example ends here)";

  private final CallFields fields;
  private final SectionLayout layout;
  private final CallIds ids = new CallIds();
  private boolean images = true;

  /** Turns of the fields of a signature, in the layout of an adapter. */
  public TrajectoryTurns(CallFields fields, SectionLayout layout) {
    this.fields = fields;
    this.layout = layout;
  }

  /** Says whether the model takes images; if not, results tell of those they have. Default: yes. */
  public void showImages(boolean value) {
    images = value;
  }

  /** Adds turns in words; the last results are followed by what asks for the next turn. */
  public void addWords(List<LmMessage> messages, List<Turn> turns, String ask) {
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      messages.add(LmMessage.assistant(layout.answer(fields.turn(), outputs(turn))));
      messages.add(results(turn, i == turns.size() - 1 ? ask : ""));
    }
  }

  /** The results in words, then their images by the numbers that stand for them in the words. */
  private LmMessage results(Turn turn, String ask) {
    UserTurn user = new UserTurn(layout);
    user.text(layout.open(fields.results()));
    user.text(layout.value(CallFields.results(turn), JSON));
    user.text(layout.close(fields.results()));
    List<Image> shown = turn.results().stream().flatMap(r -> r.images().stream()).toList();
    if (!images) {
      user.text(shown.isEmpty() ? "" : "(You cannot see images.)\n\n");
      shown = List.of();
    }
    for (int i = 0; i < shown.size(); i++) {
      user.text(CallFields.label(i + 1) + ":\n");
      user.media(shown.get(i));
      user.text("\n\n");
    }
    user.text(ask);
    user.end();
    return user.message();
  }

  private ObjectNode outputs(Turn turn) {
    ObjectNode values = Json.object();
    fields
        .turn()
        .forEach(
            field -> {
              if (field.type() instanceof FieldType.Text) {
                values.put(field.name(), turn.thought());
              } else {
                ArrayNode calls = values.putArray(field.name());
                turn.calls().forEach(call -> calls.add(withoutId(Trajectory.json(call))));
              }
            });
    return values;
  }

  /** A call as the text protocol writes it. */
  private static ObjectNode withoutId(JsonNode call) {
    ObjectNode node = Json.object().put("tool", call.path("tool").asString(""));
    node.set("arguments", call.path("arguments"));
    return node;
  }

  /** The outputs of a turn as the text protocol writes them: calls without ids. */
  public ObjectNode worded(ObjectNode outputs) {
    Field field = fields.calls();
    JsonNode calls = field == null ? null : outputs.get(field.name());
    if (field == null || calls == null || !calls.isArray()) {
      return outputs;
    }
    ObjectNode worded = outputs.deepCopy();
    ArrayNode array = worded.putArray(field.name());
    calls.forEach(call -> array.add(withoutId(call)));
    return worded;
  }

  /** A result as a part, with a text in place of each image that the model does not take. */
  private ToolResult result(ToolCall call, ToolResult result) {
    return images
        ? MessagePart.toolResult(call.id(), call.name(), result.content(), result.isError())
        : MessagePart.toolResult(
            call.id(), call.name(), CallFields.text(result, () -> NO_IMAGE), result.isError());
  }

  /** Adds turns in parts, each call with its result; a last one without a call is asked again. */
  public void addParts(List<LmMessage> messages, List<Turn> turns, String ask) {
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      List<ToolCall> calls = turn.calls().stream().map(this::distinct).toList();
      messages.add(said(turn, calls));
      List<ToolResult> results = new ArrayList<>();
      for (int call = 0; call < calls.size(); call++) {
        results.add(result(calls.get(call), turn.results().get(call)));
      }
      messages.add(
          results.isEmpty()
              ? LmMessage.user((NO_CALL + (i == turns.size() - 1 ? ask : "")).strip())
              : LmMessage.tool(results.toArray(ToolResult[]::new)));
    }
  }

  /** Adds the outputs of a demo in parts, each call with a result, so that what follows may. */
  public void addExample(List<LmMessage> messages, ObjectNode outputs) {
    Field said = fields.thought();
    Field called = fields.calls();
    String thought = said == null ? "" : outputs.path(said.name()).asString("");
    List<ToolCall> calls = new ArrayList<>();
    if (called != null) {
      outputs.path(called.name()).forEach(call -> calls.add(distinct(Trajectory.call(call))));
    }
    messages.add(said(new Turn(thought, List.of(), List.of()), calls));
    if (!calls.isEmpty()) {
      messages.add(
          LmMessage.tool(
              calls.stream()
                  .map(c -> MessagePart.toolResult(c.id(), c.name(), EXAMPLE_ENDS, false))
                  .toArray(ToolResult[]::new)));
      messages.add(LmMessage.assistant(EXAMPLE_ENDS));
    }
  }

  private ToolCall distinct(ToolCall call) {
    return MessagePart.toolCall(ids.distinct(call.id()), call.name(), call.arguments());
  }

  /** The thoughts of the provider's go back as they came, before all else. */
  private static LmMessage said(Turn turn, List<ToolCall> calls) {
    List<MessagePart> parts = new ArrayList<>(calls.isEmpty() ? List.of() : turn.thinking());
    boolean told = !parts.isEmpty() && isSigned(turn);
    if (calls.isEmpty() || !turn.thought().isBlank() && !told) {
      parts.add(MessagePart.text(turn.thought().isBlank() ? "(nothing)" : turn.thought()));
    }
    parts.addAll(calls);
    return LmMessage.of(LmMessage.Role.ASSISTANT, parts);
  }

  /** Whether the thought is nothing but what the provider signed, and so takes back for sure. */
  private static boolean isSigned(Turn turn) {
    return turn.thinking().stream().allMatch(thinking -> thinking.signature().isPresent())
        && turn.thought()
            .equals(
                turn.thinking().stream().map(Thinking::text).collect(Collectors.joining()).strip());
  }
}
