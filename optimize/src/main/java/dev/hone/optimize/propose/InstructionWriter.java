package dev.hone.optimize.propose;

import dev.hone.json.Json;
import dev.hone.optimize.candidate.ProposerTemplate;
import dev.hone.program.Predict;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one instruction, by a wording. Its inputs are those sources that there are and that do not
 * stand within the wording; an absent one is not mentioned at all.
 *
 * <p>Cost: one call.
 */
final class InstructionWriter {
  private static final Field INSTRUCTION =
      Field.of("instruction", new FieldType.Text())
          .withDescription("the new instruction, complete in itself");

  private final ProposerTemplate template;
  private final List<Field> inputs = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> placed = new HashMap<>();

  InstructionWriter(ProposerTemplate template) {
    this.template = template;
  }

  InstructionWriter with(String name, String description, String value) {
    if (template.places(name)) {
      placed.put(name, value.strip());
    } else if (!value.isBlank()) {
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
            Signature.of(
                Codec.ofJson(inputs), Codec.ofJson(List.of(INSTRUCTION)), template.filled(placed)));
    return write.run(input).get("instruction").stringValue().strip();
  }
}
