package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.signature.FieldType.Allowed;
import dev.hone.signature.FieldType.TemporalKind;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** How values of one Java type are carried: its field type and the two directions. */
record TypeBinding(
    FieldType type, Function<Object, JsonNode> writer, Function<JsonNode, Object> reader) {

  private static final Map<Class<?>, TypeBinding> SCALARS = scalars();

  /** Writes a value; null becomes JSON null. */
  JsonNode encode(@Nullable Object value) {
    return value == null ? NullNode.getInstance() : writer.apply(value);
  }

  /** Reads a value; an absent optional becomes empty. */
  Object decode(@Nullable JsonNode node, String path) {
    boolean absent = node == null || node.isNull();
    if (absent && type instanceof FieldType.OptionalOf) {
      return Optional.empty();
    }
    if (node == null || absent && !(type instanceof FieldType.Any)) {
      throw new TypeMismatchException(path, "found null, expected " + type.label());
    }
    return reader.apply(Coercion.value(type, node, path));
  }

  static TypeBinding of(Type type, String where, List<Class<?>> enclosing) {
    if (type instanceof ParameterizedType parameterized) {
      return ofGeneric(parameterized, where, enclosing);
    }
    if (!(type instanceof Class<?> raw)) {
      throw unsupported(type, where);
    }
    TypeBinding scalar = SCALARS.get(raw);
    if (scalar != null) {
      return scalar;
    }
    if (raw.isEnum()) {
      return ofEnum(raw);
    }
    if (raw.isRecord()) {
      return ofRecord(raw, enclosing);
    }
    if (raw.isArray()) {
      throw InvalidInputException.of(
          where + " is an array, which is mutable", "use a List of its component type");
    }
    throw unsupported(type, where);
  }

  private static TypeBinding ofGeneric(
      ParameterizedType type, String where, List<Class<?>> enclosing) {
    Type[] arguments = type.getActualTypeArguments();
    TypeBinding last = of(arguments[arguments.length - 1], where, enclosing);
    Type raw = type.getRawType();
    if (raw == List.class || raw == Collection.class) {
      return ofList(last);
    }
    if (raw == Set.class) {
      return ofSet(last);
    }
    if (raw == Optional.class) {
      return ofOptional(last);
    }
    if (raw == Map.class) {
      return ofMap(of(arguments[0], where, enclosing), last, where);
    }
    throw unsupported(type, where);
  }

  private static InvalidInputException unsupported(Type type, String where) {
    return InvalidInputException.of(
        "%s has the type %s, which a signature cannot carry".formatted(where, type.getTypeName()),
        "use text, a number, a boolean, an enum, a date, a record, or a List, Set, Map or Optional"
            + " of those");
  }

  private static TypeBinding ofList(TypeBinding item) {
    return new TypeBinding(
        new FieldType.ListOf(item.type()),
        value -> array((Collection<?>) value, item),
        node -> Collections.unmodifiableList(items(node, item)));
  }

  private static TypeBinding ofSet(TypeBinding item) {
    return new TypeBinding(
        new FieldType.SetOf(item.type()),
        value -> array(ordered((Set<?>) value), item),
        node -> Collections.unmodifiableSet(new LinkedHashSet<>(items(node, item))));
  }

  /** Sets have no order of their own: enums take their declared one, other values that of text. */
  private static Collection<?> ordered(Set<?> values) {
    List<Object> list = new ArrayList<>(values);
    list.sort(
        (a, b) ->
            a instanceof Enum<?> x && b instanceof Enum<?> y
                ? Integer.compare(x.ordinal(), y.ordinal())
                : String.valueOf(a).compareTo(String.valueOf(b)));
    return list;
  }

  private static ArrayNode array(Collection<?> values, TypeBinding item) {
    ArrayNode array = Json.array();
    values.forEach(value -> array.add(item.encode(value)));
    return array;
  }

  private static List<Object> items(JsonNode node, TypeBinding item) {
    List<Object> items = new ArrayList<>();
    int index = 0;
    for (JsonNode child : node) {
      items.add(item.decode(child, "[" + index++ + "]"));
    }
    return items;
  }

  private static TypeBinding ofOptional(TypeBinding inner) {
    return new TypeBinding(
        new FieldType.OptionalOf(inner.type()),
        value -> inner.encode(((Optional<?>) value).orElse(null)),
        node -> Optional.of(inner.reader().apply(node)));
  }

  private static TypeBinding ofMap(TypeBinding key, TypeBinding item, String where) {
    if (!(key.type() instanceof FieldType.Text || key.type() instanceof FieldType.Choice)) {
      throw InvalidInputException.of(
          where + " is a map with keys of type " + key.type().label(),
          "use text or an enum as its keys");
    }
    return new TypeBinding(
        new FieldType.MapOf(key.type(), item.type()),
        value -> {
          ObjectNode object = Json.object();
          ((Map<?, ?>) value)
              .forEach((k, v) -> object.set(key.encode(k).asString(), item.encode(v)));
          return object;
        },
        node -> {
          Map<Object, Object> map = new LinkedHashMap<>();
          node.properties()
              .forEach(
                  entry ->
                      map.put(
                          key.decode(StringNode.valueOf(entry.getKey()), entry.getKey()),
                          item.decode(entry.getValue(), entry.getKey())));
          return Collections.unmodifiableMap(map);
        });
  }

  private static <R> TypeBinding ofRecord(Class<R> type, List<Class<?>> enclosing) {
    RecordCodec<R> codec = RecordCodec.build(type, enclosing);
    return new TypeBinding(
        new FieldType.ObjectOf(type.getSimpleName(), codec.fields()),
        value -> codec.encode(type.cast(value)),
        node -> codec.decode((ObjectNode) node));
  }

  private static TypeBinding ofEnum(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    List<Allowed> allowed = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      constants.put(name, constant);
      allowed.add(new Allowed(name, description(type, name)));
    }
    return new TypeBinding(
        new FieldType.Choice(allowed),
        value -> StringNode.valueOf(((Enum<?>) value).name()),
        node -> constants.get(node.stringValue()));
  }

  private static String description(Class<?> type, String constant) {
    return Arrays.stream(type.getFields())
        .filter(field -> field.isEnumConstant() && field.getName().equals(constant))
        .map(field -> field.getAnnotation(Desc.class))
        .filter(desc -> desc != null)
        .map(Desc::value)
        .findFirst()
        .orElse("");
  }

  private static Map<Class<?>, TypeBinding> scalars() {
    Map<Class<?>, TypeBinding> map = new LinkedHashMap<>();
    map.put(
        String.class,
        scalar(new FieldType.Text(), v -> StringNode.valueOf((String) v), JsonNode::stringValue));
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
    TypeBinding bool =
        scalar(
            new FieldType.Bool(), v -> BooleanNode.valueOf((Boolean) v), JsonNode::booleanValue);
    map.put(boolean.class, bool);
    map.put(Boolean.class, bool);
    temporal(map, LocalDate.class, TemporalKind.DATE, LocalDate::parse);
    temporal(map, LocalTime.class, TemporalKind.TIME, LocalTime::parse);
    temporal(map, LocalDateTime.class, TemporalKind.DATE_TIME, LocalDateTime::parse);
    temporal(map, Instant.class, TemporalKind.INSTANT, Instant::parse);
    temporal(map, OffsetDateTime.class, TemporalKind.OFFSET_DATE_TIME, OffsetDateTime::parse);
    temporal(map, Duration.class, TemporalKind.DURATION, Duration::parse);
    map.put(JsonNode.class, scalar(new FieldType.Any(), v -> (JsonNode) v, n -> n));
    return Map.copyOf(map);
  }

  private static TypeBinding scalar(
      FieldType type, Function<Object, JsonNode> writer, Function<JsonNode, Object> reader) {
    return new TypeBinding(type, writer, reader);
  }

  private static void whole(
      Map<Class<?>, TypeBinding> map,
      Class<?> primitive,
      Class<?> boxed,
      int bits,
      Function<JsonNode, Object> reader) {
    TypeBinding binding =
        scalar(
            new FieldType.Whole(bits), v -> LongNode.valueOf(((Number) v).longValue()), reader);
    map.put(primitive, binding);
    map.put(boxed, binding);
  }

  private static void decimal(
      Map<Class<?>, TypeBinding> map,
      Class<?> primitive,
      Class<?> boxed,
      Function<JsonNode, Object> reader) {
    TypeBinding binding =
        scalar(
            new FieldType.Decimal(false),
            v -> DoubleNode.valueOf(((Number) v).doubleValue()),
            reader);
    map.put(primitive, binding);
    map.put(boxed, binding);
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
            v -> StringNode.valueOf(v.toString()),
            node -> parse.apply(node.stringValue())));
  }
}
