package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.JavaValues;
import dev.hone.json.Json;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * How values of one Java type are converted: its field type and the two directions. The reader
 * takes what {@link Coercion} made canonical.
 */
record TypeBinding(FieldType type, Function<Object, JsonNode> writer, Reader reader) {

  /** Reads a canonical node. */
  interface Reader {
    /** Reads the node at a path; null only for JSON null. */
    Object read(JsonNode node, String path);
  }

  /** Writes a value; null becomes JSON null. */
  JsonNode encode(@Nullable Object value) {
    return value == null ? NullNode.getInstance() : writer.apply(value);
  }

  /** Reads a canonical node; an absent optional becomes empty. */
  Object decode(JsonNode node, String path) {
    return reader.read(node, path);
  }

  static TypeBinding of(Type type, String where, List<Class<?>> enclosing) {
    if (type instanceof ParameterizedType parameterized) {
      return ofGeneric(parameterized, where, enclosing);
    }
    if (!(type instanceof Class<?> raw)) {
      throw unsupported(type, where);
    }
    TypeBinding scalar = ScalarBindings.find(raw);
    if (scalar != null) {
      return scalar;
    }
    if (raw.isEnum()) {
      return ofEnum(raw, where);
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
      return ofOptional(last, where);
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
            + " of those; for an image MessagePart.Image, for a recording or a PDF"
            + " MessagePart.File, for a conversation ChatHistory");
  }

  private static TypeBinding ofList(TypeBinding item) {
    return new TypeBinding(
        new FieldType.ListOf(item.type()),
        value -> array((Collection<?>) value, item),
        (node, path) -> Collections.unmodifiableList(items(node, item, path)));
  }

  private static TypeBinding ofSet(TypeBinding item) {
    return new TypeBinding(
        new FieldType.SetOf(item.type()),
        value -> array(ordered((Set<?>) value), item),
        (node, path) -> Collections.unmodifiableSet(JavaValues.set(items(node, item, path), path)));
  }

  /**
   * Sets and the keys of maps have no order of their own, and must not have that of a hash table:
   * values that can be compared are sorted, others go by their text.
   */
  @SuppressWarnings("unchecked")
  private static <T> List<T> ordered(Collection<T> values) {
    List<T> list = new ArrayList<>(values);
    Map<T, String> texts = new IdentityHashMap<>();
    list.sort(
        (a, b) ->
            a instanceof Comparable<?> && b != null && a.getClass() == b.getClass()
                ? ((Comparable<Object>) a).compareTo(b)
                : texts
                    .computeIfAbsent(a, String::valueOf)
                    .compareTo(texts.computeIfAbsent(b, String::valueOf)));
    return list;
  }

  private static ArrayNode array(Collection<?> values, TypeBinding item) {
    ArrayNode array = Json.array();
    values.forEach(value -> array.add(item.encode(value)));
    return array;
  }

  private static List<Object> items(JsonNode node, TypeBinding item, String path) {
    List<Object> items = new ArrayList<>(node.size());
    int index = 0;
    for (JsonNode child : node) {
      items.add(item.decode(child, path + "[" + index++ + "]"));
    }
    return items;
  }

  /** A text that says that it is absent is written as absent, since it is read so. */
  private static TypeBinding ofOptional(TypeBinding inner, String where) {
    if (inner.type() instanceof FieldType.OptionalOf) {
      throw InvalidInputException.of(where + " is an Optional of an Optional", "use one Optional");
    }
    FieldType.OptionalOf type = new FieldType.OptionalOf(inner.type());
    boolean text = inner.type() instanceof FieldType.Text;
    return new TypeBinding(
        type,
        value -> {
          JsonNode node = inner.encode(((Optional<?>) value).orElse(null));
          return text ? Coercion.value(type, node, "") : node;
        },
        (node, path) -> node.isNull() ? Optional.empty() : Optional.of(inner.decode(node, path)));
  }

  private static TypeBinding ofMap(TypeBinding key, TypeBinding item, String where) {
    if (!FieldType.MapOf.canBeKey(key.type())) {
      throw InvalidInputException.of(
          where + " is a map with keys of type " + key.type().label(),
          "use text or an enum as its keys");
    }
    return new TypeBinding(
        new FieldType.MapOf(key.type(), item.type()),
        value -> {
          Map<?, ?> map = (Map<?, ?>) value;
          ObjectNode object = Json.object();
          for (Object k : ordered(map.keySet())) {
            if (k == null) {
              throw InvalidInputException.of(
                  where + " is a map with null as a key", "leave that key out");
            }
            object.set(key.encode(k).stringValue(), item.encode(map.get(k)));
          }
          return object;
        },
        (node, path) -> map(node, key, item, path));
  }

  private static Map<Object, Object> map(
      JsonNode node, TypeBinding key, TypeBinding item, String path) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (var entry : node.properties()) {
      String child = path + "['" + entry.getKey() + "']";
      map.put(
          key.decode(StringNode.valueOf(entry.getKey()), child),
          item.decode(entry.getValue(), child));
    }
    return Collections.unmodifiableMap(map);
  }

  private static <R> TypeBinding ofRecord(Class<R> type, List<Class<?>> enclosing) {
    RecordCodec<R> codec = RecordCodec.build(type, enclosing);
    return new TypeBinding(
        new FieldType.ObjectOf(type.getSimpleName(), codec.fields()),
        value -> codec.encode(type.cast(value)),
        (node, path) -> codec.read((ObjectNode) node, path));
  }

  private static TypeBinding ofEnum(Class<?> type, String where) {
    Map<String, Object> constants = new LinkedHashMap<>();
    List<Allowed> allowed = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      constants.put(name, constant);
      allowed.add(new Allowed(name, description(type, name)));
    }
    if (allowed.isEmpty()) {
      throw InvalidInputException.of(
          where + " has the enum type " + type.getName() + ", which has no constants",
          "give it one");
    }
    return new TypeBinding(
        new FieldType.Choice(allowed),
        value -> StringNode.valueOf(((Enum<?>) value).name()),
        (node, path) -> Objects.requireNonNull(constants.get(node.stringValue())));
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
}
