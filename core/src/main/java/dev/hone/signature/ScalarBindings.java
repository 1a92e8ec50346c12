package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TemporalForm;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.TemporalKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/** The bindings of the Java classes that are converted to one JSON value without parts. */
final class ScalarBindings {
  private static final Map<Class<?>, TypeBinding> BY_CLASS = Map.copyOf(bindings());

  private ScalarBindings() {}

  /** The binding of a class, or null if it has none. */
  static @Nullable TypeBinding find(Class<?> type) {
    return BY_CLASS.get(type);
  }

  private static Map<Class<?>, TypeBinding> bindings() {
    Map<Class<?>, TypeBinding> map = new LinkedHashMap<>();
    map.put(
        String.class,
        scalar(new FieldType.Text(), v -> StringNode.valueOf((String) v), JsonNode::stringValue));
    map.put(JsonNode.class, scalar(new FieldType.Any(), v -> (JsonNode) v, n -> n));
    TypeBinding bool =
        scalar(new FieldType.Bool(), v -> BooleanNode.valueOf((Boolean) v), JsonNode::booleanValue);
    map.put(boolean.class, bool);
    map.put(Boolean.class, bool);
    numbers(map);
    temporal(map, LocalDate.class, TemporalKind.DATE, LocalDate::parse);
    temporal(map, LocalTime.class, TemporalKind.TIME, LocalTime::parse);
    temporal(map, LocalDateTime.class, TemporalKind.DATE_TIME, LocalDateTime::parse);
    temporal(map, Instant.class, TemporalKind.INSTANT, Instant::parse);
    temporal(map, OffsetDateTime.class, TemporalKind.OFFSET_DATE_TIME, OffsetDateTime::parse);
    temporal(map, Duration.class, TemporalKind.DURATION, Duration::parse);
    map.putAll(MessageFields.bindings());
    return map;
  }

  private static void numbers(Map<Class<?>, TypeBinding> map) {
    whole(map, byte.class, Byte.class, 8, n -> (byte) n.longValue());
    whole(map, short.class, Short.class, 16, n -> (short) n.longValue());
    whole(map, int.class, Integer.class, 32, n -> (int) n.longValue());
    whole(map, long.class, Long.class, 64, JsonNode::longValue);
    map.put(
        BigInteger.class,
        scalar(
            new FieldType.Whole(0),
            v -> BigIntegerNode.valueOf((BigInteger) v),
            JsonNode::bigIntegerValue));
    decimal(map, double.class, Double.class, JsonNode::doubleValue);
    decimal(map, float.class, Float.class, n -> (float) n.doubleValue());
    map.put(
        BigDecimal.class,
        scalar(
            new FieldType.Decimal(true),
            v -> DecimalNode.valueOf((BigDecimal) v),
            JsonNode::decimalValue));
  }

  private static TypeBinding scalar(
      FieldType type, Function<Object, JsonNode> writer, Function<JsonNode, Object> reader) {
    return new TypeBinding(type, writer, (node, path) -> reader.apply(node));
  }

  private static void whole(
      Map<Class<?>, TypeBinding> map,
      Class<?> primitive,
      Class<?> boxed,
      int bits,
      Function<JsonNode, Object> reader) {
    TypeBinding binding =
        scalar(new FieldType.Whole(bits), v -> LongNode.valueOf(((Number) v).longValue()), reader);
    map.put(primitive, binding);
    map.put(boxed, binding);
  }

  private static void decimal(
      Map<Class<?>, TypeBinding> map,
      Class<?> primitive,
      Class<?> boxed,
      Function<JsonNode, Object> reader) {
    TypeBinding binding =
        new TypeBinding(
            new FieldType.Decimal(false),
            v -> DoubleNode.valueOf(finite((Number) v)),
            (node, path) -> inRange(reader.apply(node), node, path));
    map.put(primitive, binding);
    map.put(boxed, binding);
  }

  /** The double with the same shortest text, so that a float of 0.1 is written as 0.1. */
  private static double finite(Number number) {
    double value =
        number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
    if (!Double.isFinite(value)) {
      throw InvalidInputException.of(
          "A signature cannot carry the number " + value, "use an Optional and leave it empty");
    }
    return value;
  }

  private static Object inRange(Object value, JsonNode node, String path) {
    if (value instanceof Float number && number.isInfinite()) {
      throw Coercion.mismatch(path, node, "a number in the range of a float");
    }
    return value;
  }

  private static void temporal(
      Map<Class<?>, TypeBinding> map,
      Class<?> type,
      TemporalKind kind,
      Function<String, Object> parse) {
    map.put(
        type,
        scalar(
            new FieldType.Temporal(kind),
            v -> StringNode.valueOf(TemporalForm.write(kind, v)),
            node -> parse.apply(node.stringValue())));
  }
}
