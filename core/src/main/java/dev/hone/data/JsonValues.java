package dev.hone.data;

import dev.hone.json.Json;
import dev.hone.signature.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Plain Java values as JSON, before they are converted to the types of fields. */
final class JsonValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonValues() {}

  /** A map as an object, in its order. */
  static ObjectNode object(Map<?, ?> values) {
    ObjectNode node = Json.object();
    values.forEach((name, value) -> node.set(String.valueOf(name), of(value)));
    return node;
  }

  /** A value; what is none of those that JSON knows is its text. */
  static JsonNode of(@Nullable Object value) {
    if (value == null) {
      return NullNode.getInstance();
    } else if (value instanceof JsonNode node) {
      return node.deepCopy();
    } else if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null));
    } else if (value instanceof Boolean truth) {
      return BooleanNode.valueOf(truth);
    } else if (value instanceof Number number) {
      return number(number);
    } else if (value instanceof Enum<?> constant) {
      return StringNode.valueOf(constant.name());
    }
    return several(value);
  }

  private static JsonNode several(Object value) {
    if (value instanceof Map<?, ?> map) {
      return object(map);
    } else if (value instanceof Collection<?> items) {
      ArrayNode array = Json.array();
      items.forEach(item -> array.add(of(item)));
      return array;
    } else if (value instanceof Object[] items) {
      return several(Arrays.asList(items));
    }
    return value instanceof Record ? encoded(value) : StringNode.valueOf(value.toString());
  }

  private static <T> JsonNode encoded(T value) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) value.getClass();
    return Codec.ofRecord(type).encode(value);
  }

  private static JsonNode number(Number number) {
    if (number instanceof BigDecimal decimal) {
      return NODES.numberNode(decimal);
    } else if (number instanceof BigInteger whole) {
      return NODES.numberNode(whole);
    } else if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      return Double.isFinite(value)
          ? NODES.numberNode(new BigDecimal(number.toString()))
          : StringNode.valueOf(number.toString());
    }
    return NODES.numberNode(number.longValue());
  }
}
