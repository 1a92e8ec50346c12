package dev.hone.signature;

import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.SetOf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, Integer> ranks = new HashMap<>();
    if (type.item() instanceof Choice choice) {
      choice.names().forEach(name -> ranks.put(name, ranks.size()));
    }
    List<Item> items = new ArrayList<>();
    array.forEach(node -> items.add(Item.of(node, ranks)));
    items.sort(Comparator.comparingInt(Item::rank).thenComparing(Item::text));
    array.removeAll();
    items.forEach(item -> array.add(item.node()));
  }

  /** An item with what it is ordered by, so that it is written once only. */
  private record Item(JsonNode node, int rank, String text) {
    static Item of(JsonNode node, Map<String, Integer> ranks) {
      boolean ranked = node.isString() && !ranks.isEmpty();
      return new Item(
          node, ranked ? ranks.getOrDefault(node.stringValue(), -1) : -1, node.toString());
    }
  }
}
