package dev.hone.signature;

import dev.hone.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Brings JSON values to their fields' types: tolerant of how models and files write them, strict
 * about what it returns.
 */
public final class Coercion {
  private Coercion() {}

  /** Brings an object to its fields: exactly those, in their order. */
  public static ObjectNode object(List<Field> fields, JsonNode node, String path) {
    ObjectNode result = Json.object();
    for (Field field : fields) {
      String child = path.isEmpty() ? field.name() : path + "." + field.name();
      JsonNode value = node.get(field.name());
      if (value == null) {
        if (!(field.type() instanceof FieldType.OptionalOf)) {
          throw new TypeMismatchException(child, "the value is missing");
        }
        value = NullNode.getInstance();
      }
      result.set(field.name(), value(field.type(), value, child));
    }
    return result;
  }

  /** Brings one value to a type. */
  public static JsonNode value(FieldType type, JsonNode node, String path) {
    if (type instanceof FieldType.OptionalOf optional) {
      return node.isNull() ? node : value(optional.type(), node, path);
    }
    if (type instanceof FieldType.Text) {
      return node.isString() ? node : StringNode.valueOf(Json.write(node));
    }
    if (type instanceof FieldType.Whole) {
      return LongNode.valueOf(
          new BigDecimal(node.asString().strip()).toBigIntegerExact().longValueExact());
    }
    if (type instanceof FieldType.Decimal) {
      return DoubleNode.valueOf(Double.parseDouble(node.asString().strip()));
    }
    if (type instanceof FieldType.Bool) {
      return BooleanNode.valueOf(Boolean.parseBoolean(node.asString().strip()));
    }
    if (type instanceof FieldType.Choice choice) {
      String text = node.asString().strip().toLowerCase(Locale.ROOT);
      return choice.names().stream()
          .filter(name -> name.toLowerCase(Locale.ROOT).equals(text))
          .findFirst()
          .map(StringNode::valueOf)
          .orElseThrow(
              () ->
                  new TypeMismatchException(
                      path, "found " + Json.write(node) + ", expected " + choice.label()));
    }
    if (type instanceof FieldType.ListOf list) {
      return items(list.item(), node, path);
    }
    if (type instanceof FieldType.SetOf set) {
      return items(set.item(), node, path);
    }
    if (type instanceof FieldType.ObjectOf object) {
      return object(object.fields(), node, path);
    }
    return node;
  }

  private static ArrayNode items(FieldType item, JsonNode node, String path) {
    ArrayNode array = Json.array();
    int index = 0;
    for (JsonNode child : node) {
      array.add(value(item, child, path + "[" + index++ + "]"));
    }
    return array;
  }

  static BigInteger unused() {
    return BigInteger.ZERO;
  }
}
