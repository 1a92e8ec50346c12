package dev.hone.coerce;

import dev.hone.json.Json;
import dev.hone.lm.Media;
import dev.hone.lm.media.MediaJson;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Plain Java values, as maps of the dynamic form hold them, to JSON and back. Sets and the keys of
 * maps, which have no order of their own, are sorted by their text.
 */
public final class JavaValues {
  private static final int MAX_EQUAL_HASHES = 1000;

  private JavaValues() {}

  /**
   * Writes a value: null, text, a number, a boolean, an enum, a date or time, a list, set, map,
   * optional or array of those, or JSON.
   *
   * @param path the path of names and indices to it, for errors
   * @throws TypeMismatchException if it holds anything else
   */
  public static JsonNode toJson(@Nullable Object value, String path) {
    if (value == null) {
      return NullNode.getInstance();
    } else if (value instanceof JsonNode node) {
      return node;
    } else if (value instanceof Optional<?> optional) {
      return toJson(optional.orElse(null), path);
    } else if (value instanceof Map<?, ?> map) {
      return object(map, path);
    } else if (value instanceof Collection<?> items) {
      return array(items, path);
    } else if (value instanceof Object[] items) {
      return array(List.of(items), path);
    } else if (value instanceof Media media) {
      return MediaJson.of(media);
    }
    return scalar(value, path);
  }

  private static JsonNode scalar(Object value, String path) {
    if (value instanceof Number number) {
      return number(number, path);
    } else if (value instanceof Boolean bool) {
      return BooleanNode.valueOf(bool);
    } else if (value instanceof Enum<?> constant) {
      return StringNode.valueOf(constant.name());
    } else if (value instanceof CharSequence
        || value instanceof Character
        || value instanceof TemporalAccessor
        || value instanceof Duration) {
      return StringNode.valueOf(value.toString());
    }
    throw new TypeMismatchException(
        path,
        ("found a %s, expected text, a number, a boolean, an enum, a date, a list, set or map of"
                + " those, or JSON")
            .formatted(value.getClass().getName()));
  }

  private static JsonNode number(Number number, String path) {
    if (number instanceof BigInteger whole) {
      return BigIntegerNode.valueOf(whole);
    } else if (number instanceof BigDecimal exact) {
      return DecimalNode.valueOf(exact);
    } else if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new TypeMismatchException(path, "found " + number + ", expected a finite number");
      }
      return DecimalNode.valueOf(new BigDecimal(number.toString()));
    }
    return LongNode.valueOf(number.longValue());
  }

  private static ArrayNode array(Collection<?> items, String path) {
    List<JsonNode> nodes = new ArrayList<>(items.size());
    for (Object item : items) {
      nodes.add(toJson(item, path + "[" + nodes.size() + "]"));
    }
    if (items instanceof Set<?>) {
      nodes.sort(Comparator.comparing(Json::write));
    }
    return Json.array().addAll(nodes);
  }

  private static ObjectNode object(Map<?, ?> map, String path) {
    ObjectNode node = Json.object();
    map.entrySet().stream()
        .sorted(Comparator.comparing(entry -> key(entry.getKey())))
        .forEach(
            entry -> {
              String key = key(entry.getKey());
              node.set(key, toJson(entry.getValue(), path + "['" + key + "']"));
            });
    return node;
  }

  private static String key(@Nullable Object key) {
    return key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
  }

  /**
   * Reads a canonical value of a type as the plainest Java value: a read-only collection, a number
   * of its width, a date or time of {@code java.time}.
   *
   * @return the value; null for JSON null
   */
  public static @Nullable Object ofJson(FieldType type, JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    } else if (type instanceof OptionalOf optional) {
      return ofJson(optional.type(), node);
    } else if (type instanceof ListOf list) {
      return Collections.unmodifiableList(items(list.item(), node, new ArrayList<>()));
    } else if (type instanceof SetOf set) {
      return Collections.unmodifiableSet(set(items(set.item(), node, new ArrayList<>()), ""));
    } else if (type instanceof MapOf map) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      node.properties().forEach(e -> values.put(e.getKey(), ofJson(map.value(), e.getValue())));
      return Collections.unmodifiableMap(values);
    } else if (type instanceof ObjectOf object) {
      return parts(object.fields(), node);
    } else if (type instanceof Temporal temporal) {
      return TemporalForm.read(temporal.kind(), node.stringValue());
    }
    return type instanceof Whole || type instanceof Decimal ? number(type, node) : anything(node);
  }

  /**
   * The items as a set in their order. In a hash table, items of equal hash codes that cannot be
   * ordered would be compared each with each.
   *
   * @param path the path to the set; for errors
   * @throws TypeMismatchException if more than {@value #MAX_EQUAL_HASHES} items that have no order
   *     of their own have one hash code, which no one writes but to keep a program busy
   */
  public static <T extends @Nullable Object> Set<T> set(List<T> items, String path) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (T item : items) {
      boolean ordered = item instanceof String || item instanceof Number;
      if (!ordered && counts.merge(Objects.hashCode(item), 1, Integer::sum) > MAX_EQUAL_HASHES) {
        throw new TypeMismatchException(
            path, "more than %d items have the same hash code".formatted(MAX_EQUAL_HASHES));
      }
    }
    return new LinkedHashSet<>(items);
  }

  private static <C extends Collection<@Nullable Object>> C items(
      FieldType item, JsonNode node, C into) {
    node.forEach(child -> into.add(ofJson(item, child)));
    return into;
  }

  /** Parts that are absent are left out. */
  private static Map<String, Object> parts(List<Field> fields, JsonNode node) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : fields) {
      Object value = ofJson(field.type(), node.path(field.name()));
      if (value != null) {
        values.put(field.name(), value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  private static Object number(FieldType type, JsonNode node) {
    if (type instanceof Whole whole) {
      return switch (whole.bits()) {
        case 0 -> node.bigIntegerValue();
        case 64 -> (Object) node.longValue();
        default -> (Object) (int) node.longValue();
      };
    }
    return type instanceof Decimal decimal && decimal.exact()
        ? node.decimalValue()
        : (Object) node.doubleValue();
  }

  /** Text, a choice, a boolean, or any JSON. */
  private static @Nullable Object anything(JsonNode node) {
    if (node.isNull()) {
      return null;
    } else if (node.isArray()) {
      List<@Nullable Object> items = new ArrayList<>();
      node.forEach(item -> items.add(anything(item)));
      return Collections.unmodifiableList(items);
    } else if (node.isObject()) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      node.properties().forEach(e -> values.put(e.getKey(), anything(e.getValue())));
      return Collections.unmodifiableMap(values);
    } else if (node.isNumber()) {
      return node.numberValue();
    }
    return node.isBoolean() ? (Object) node.booleanValue() : node.asString();
  }
}
