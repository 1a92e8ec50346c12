package dev.hone.signature;

import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.SetOf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts the items of sets that are JSON arrays in one order, so that equal sets are equal. */
final class SetOrder {
  private SetOrder() {}

  /**
   * Orders the sets among the fields of an object: choices as they are declared, others by text.
   */
  static ObjectNode of(List<Field> fields, ObjectNode object) {
    for (Field field : fields) {
      if (object.get(field.name()) instanceof ArrayNode array) {
        set(field.type()).ifPresent(type -> order(array, type));
      }
    }
    return object;
  }

  private static Optional<SetOf> set(FieldType type) {
    FieldType present = type instanceof FieldType.OptionalOf optional ? optional.type() : type;
    return present instanceof SetOf set ? Optional.of(set) : Optional.empty();
  }

  private static void order(ArrayNode array, SetOf type) {
    Comparator<JsonNode> byText = Comparator.comparing(JsonNode::toString);
    Comparator<JsonNode> order =
        type.item() instanceof Choice choice
            ? Comparator.comparingInt(item -> choice.names().indexOf(item.asString()))
            : byText;
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    items.sort(order.thenComparing(byText));
    array.removeAll();
    items.forEach(array::add);
  }
}
