package dev.hone.signature;

import dev.hone.coerce.Coercion;
import dev.hone.type.Field;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The codec of the dynamic form: values stay JSON objects, checked against the fields, with sets in
 * one order.
 */
record JsonCodec(List<Field> fields) implements Codec<ObjectNode> {
  JsonCodec {
    fields = List.copyOf(fields);
  }

  @Override
  public ObjectNode encode(ObjectNode value) {
    return SetOrder.of(fields, Coercion.object(fields, value, ""));
  }

  @Override
  public ObjectNode decode(ObjectNode node) {
    return SetOrder.of(fields, Coercion.object(fields, node, ""));
  }

  @Override
  public String toString() {
    return "JSON object";
  }
}
