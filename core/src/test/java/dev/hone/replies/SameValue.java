package dev.hone.replies;

import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether two values of a type are the same: numbers by their value, sets in any order. */
final class SameValue {
  private SameValue() {}

  static boolean of(List<Field> fields, JsonNode one, JsonNode other) {
    return one.size() == other.size()
        && fields.stream()
            .allMatch(
                field ->
                    one.has(field.name())
                        && other.has(field.name())
                        && of(field.type(), one.get(field.name()), other.get(field.name())));
  }

  static boolean of(FieldType type, JsonNode one, JsonNode other) {
    FieldType present = type.withoutOptional();
    if (one.isNull() || other.isNull()) {
      return one.isNull() && other.isNull();
    }
    if (present instanceof FieldType.ListOf list) {
      return sameItems(list.item(), one, other);
    }
    if (present instanceof FieldType.SetOf set) {
      return sameSet(set.item(), one, other);
    }
    if (present instanceof FieldType.MapOf map) {
      return one.isObject()
          && other.isObject()
          && one.size() == other.size()
          && one.propertyStream()
              .allMatch(
                  entry ->
                      other.has(entry.getKey())
                          && of(map.value(), entry.getValue(), other.get(entry.getKey())));
    }
    if (present instanceof FieldType.ObjectOf object) {
      return one.isObject() && other.isObject() && of(object.fields(), one, other);
    }
    if (present instanceof FieldType.Decimal decimal
        && !decimal.exact()
        && one.isNumber()
        && other.isNumber()) {
      return one.doubleValue() == other.doubleValue();
    }
    return present instanceof FieldType.Message
        ? sameJson(withoutIds(one), withoutIds(other))
        : sameJson(one, other);
  }

  /** Calls without their ids, which are made up where a model gives none. */
  private static JsonNode withoutIds(JsonNode calls) {
    JsonNode copy = calls.deepCopy();
    copy.forEach(call -> ((ObjectNode) call).remove("id"));
    return copy;
  }

  private static boolean sameItems(FieldType item, JsonNode one, JsonNode other) {
    if (!one.isArray() || !other.isArray() || one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!of(item, one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameSet(FieldType item, JsonNode one, JsonNode other) {
    if (!one.isArray() || !other.isArray() || one.size() != other.size()) {
      return false;
    }
    List<JsonNode> left = new ArrayList<>(one.valueStream().toList());
    for (JsonNode value : other) {
      int at = indexOf(item, left, value);
      if (at < 0) {
        return false;
      }
      left.remove(at);
    }
    return true;
  }

  private static int indexOf(FieldType item, List<JsonNode> values, JsonNode value) {
    for (int i = 0; i < values.size(); i++) {
      if (of(item, values.get(i), value)) {
        return i;
      }
    }
    return -1;
  }

  /** Equality of any JSON: what else a number is written as, it is the same number. */
  static boolean sameJson(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return decimal(one).compareTo(decimal(other)) == 0;
    }
    if (one.isArray() && other.isArray()) {
      return sameItems(new FieldType.Any(), one, other);
    }
    if (one.isObject() && other.isObject()) {
      return one.size() == other.size()
          && one.propertyStream()
              .allMatch(
                  entry ->
                      other.has(entry.getKey())
                          && sameJson(entry.getValue(), other.get(entry.getKey())));
    }
    return one.equals(other);
  }

  private static BigDecimal decimal(JsonNode number) {
    return new BigDecimal(number.asString());
  }
}
