package dev.hone.prompt;

import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The step of an agent that answers a question, as tests have it. */
public final class AgentStep {
  private AgentStep() {}

  /** From {@code question} and {@code trajectory} to {@code thought} and {@code calls}. */
  public static Signature<ObjectNode, ObjectNode> signature(String instructions) {
    return Signature.of(
        Codec.ofJson(
            List.of(
                Field.of("question", new FieldType.Text()),
                Field.of("trajectory", new FieldType.Message(MessageKind.TRAJECTORY)))),
        Codec.ofJson(
            List.of(
                Field.of("thought", new FieldType.Text(true)),
                Field.of("calls", new FieldType.Message(MessageKind.TOOL_CALLS)))),
        instructions);
  }
}
