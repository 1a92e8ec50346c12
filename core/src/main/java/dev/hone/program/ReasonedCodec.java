package dev.hone.program;

import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Carries an output with a text field for the reasoning before its own fields. */
record ReasonedCodec<O>(Codec<O> output) implements Codec<Reasoned<O>> {
  static final String REASONING = "reasoning";

  private static final Field FIELD =
      new Field(
          REASONING,
          new FieldType.Text(),
          "the thoughts that lead to the answer, step by step",
          Constraints.NONE);

  @Override
  public List<Field> fields() {
    return Stream.concat(Stream.of(FIELD), output.fields().stream()).toList();
  }

  @Override
  public ObjectNode encode(Reasoned<O> value) {
    ObjectNode node = Json.object().put(REASONING, value.reasoning());
    node.setAll(output.encode(value.output()));
    return node;
  }

  @Override
  public Reasoned<O> decode(ObjectNode node) {
    return new Reasoned<>(node.path(REASONING).asString(), output.decode(node));
  }
}
