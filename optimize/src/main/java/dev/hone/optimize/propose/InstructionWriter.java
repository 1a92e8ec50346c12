package dev.hone.optimize.propose;

import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one instruction. Its inputs are those sources that there are; an absent one is not
 * mentioned at all.
 *
 * <p>Cost: one call.
 */
final class InstructionWriter {
  private static final String INSTRUCTIONS =
      "Write the instruction that will tell a language model how to do the task of the predictor"
          + " described here. Build on the current instruction and keep every requirement in it."
          + " Use what the other fields tell about the task, above all what distinguishes the"
          + " possible answers. Write the instruction only, addressed to the model.";

  private static final Field INSTRUCTION =
      Field.of("instruction", new FieldType.Text())
          .withDescription("the new instruction, complete in itself");

  private final List<Field> inputs = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  InstructionWriter with(String name, String description, String value) {
    if (!value.isBlank()) {
      inputs.add(Field.of(name, new FieldType.Text()).withDescription(description));
      values.put(name, value);
    }
    return this;
  }

  /** Asks the model of the current context. */
  String write() {
    ObjectNode input = Json.object();
    values.forEach(input::put);
    Predict<ObjectNode, ObjectNode> write =
        Predict.of(
            Signature.of(Codec.ofJson(inputs), Codec.ofJson(List.of(INSTRUCTION)), INSTRUCTIONS));
    return write.run(input).get("instruction").stringValue().strip();
  }
}
