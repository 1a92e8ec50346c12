package dev.hone.testkit;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ToolSpec;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The step of an agent with one tool, for {@link AdapterContract}. */
final class AdapterToolTask {
  static final MessagePart.Image CAT = MessagePart.image(new byte[] {7, 8}, "image/jpeg");

  static final ToolSpec SEARCH =
      ToolSpec.of(
          "search",
          "finds passages",
          (ObjectNode)
              Json.parse(
                  "{\"type\":\"object\",\"properties\":{\"query\":{\"type\":\"string\"}},"
                      + "\"required\":[\"query\"]}"));

  private AdapterToolTask() {}

  static Prompt prompt(Trajectory done) {
    Signature<?, ?> signature =
        Signature.of(
            Codec.ofJson(
                List.of(
                    Field.of("question", new FieldType.Text()),
                    Field.of("trajectory", new FieldType.Message(MessageKind.TRAJECTORY)))),
            Codec.ofJson(
                List.of(
                    Field.of("thought", new FieldType.Text(true)),
                    Field.of("calls", new FieldType.Message(MessageKind.TOOL_CALLS)))),
            "Answer the question.");
    ObjectNode input = Json.object().put("question", "What is it?");
    input.set("trajectory", done.toJson());
    return Prompt.of(signature, "Answer the question.", List.of(), input)
        .withTools(List.of(SEARCH));
  }

  static Trajectory.Turn turn(String query, String result) {
    ObjectNode arguments = Json.object().put("query", query);
    return new Trajectory.Turn(
        "Look it up.",
        List.of(MessagePart.toolCall("c1", "search", Json.write(arguments))),
        List.of(MessagePart.toolResult("c1", "search", result, false)));
  }

  /** A turn whose tool returned an image alone. */
  static Trajectory.Turn turn(MessagePart.Image image) {
    return turn("x", "")
        .withResults(List.of(MessagePart.toolResult("c1", "search", List.of(image), false)));
  }

  static ObjectNode call(String query) {
    ObjectNode outputs = Json.object().put("thought", "Look it up.");
    ObjectNode call = outputs.putArray("calls").addObject().put("id", "t0001c001");
    call.put("tool", "search").putObject("arguments").put("query", query);
    return outputs;
  }
}
