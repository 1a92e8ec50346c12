package dev.hone.coerce;

import dev.hone.json.JsonParts.Part;
import dev.hone.json.LenientJson;
import dev.hone.text.Excerpt;
import dev.hone.text.FoldedName;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Text;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Looks into the objects that some models put around what was asked for. */
public final class Wrappers {
  private static final int MAX_WRAPPERS = 3;
  private static final int MAX_DOUBT_CHARS = 400;

  private Wrappers() {}

  /**
   * What is inside of a value, through at most three wrappers.
   *
   * @param step from a value to what is inside of it; to itself where it is what was asked for; to
   *     null where nothing inside of it can be
   * @return what was asked for, or null
   */
  @SuppressWarnings("ReferenceEquality") // the step returns its own argument to end the way
  public static <N extends JsonNode> @Nullable N unwrapped(
      N value, Function<? super N, ? extends @Nullable N> step) {
    N found = value;
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      N inner = step.apply(found);
      if (inner == null || inner == found) {
        return inner;
      }
      found = inner;
    }
    return found;
  }

  /** The part, or one with the only array inside of it if it is an object around a list. */
  static Part unwrapped(FieldType item, Part part) {
    JsonNode value = part.value().isArray() ? null : list(item, part.value());
    return value == null
        ? part
        : new Part(value, part.start(), part.end(), part.clean(), part.truncated(), part.doubts());
  }

  /** The array inside of an object that is no item itself, or null. */
  static @Nullable JsonNode list(FieldType item, JsonNode object) {
    JsonNode value = unwrapped(object, node -> inside(item, node));
    return value != null && value.isArray() ? value : null;
  }

  /**
   * The record inside of an object that has none of its fields, under the name of its class, its
   * field or any other single name; the object itself where there is none. Where the only name is
   * that of a field too, it is a wrapper only if that field can be no object.
   */
  static JsonNode record(ObjectOf type, JsonNode object) {
    JsonNode found = object;
    for (int i = 0; i < MAX_WRAPPERS && found.isObject() && found.size() == 1; i++) {
      var only = found.properties().iterator().next();
      JsonNode inner = only.getValue();
      inner = inner.isArray() && inner.size() == 1 ? inner.get(0) : inner;
      boolean field =
          type.fields().stream()
              .anyMatch(f -> isNamed(only.getKey(), f.name()) && canBeObject(f.type()));
      if (field || !inner.isObject()) {
        break;
      }
      found = inner;
    }
    return found.isObject() && hasAnyField(type.fields(), found) ? found : object;
  }

  /**
   * The map inside of an object, where the object itself can be no such map: its only value is an
   * object and cannot be a value, or its only key cannot be a key. A map of texts is inside of an
   * object under the field's own name only, since texts may be JSON.
   */
  static JsonNode map(MapOf type, JsonNode object, String path) {
    JsonNode found = object;
    for (int i = 0; i < MAX_WRAPPERS && found.isObject() && found.size() == 1; i++) {
      var only = found.properties().iterator().next();
      boolean key =
          !(type.key() instanceof Choice choice) || ChoiceNames.find(choice, only.getKey()) != null;
      FieldType value = type.value().withoutOptional();
      boolean suits =
          value instanceof Text ? !isNamed(only.getKey(), nameIn(path)) : canBeObject(value);
      if (!only.getValue().isObject() || key && suits) {
        break;
      }
      found = only.getValue();
    }
    return found;
  }

  /**
   * What is inside of an object with one member, where a single value is expected; the node itself
   * if it is no such object, or if the member's name is a value too.
   *
   * @throws TypeMismatchException if a text holds such an object that can be read in two ways
   */
  static JsonNode single(FieldType type, JsonNode node, String path) {
    JsonNode found = node.isString() ? objectIn(node, path) : node;
    for (int i = 0; i < MAX_WRAPPERS && found.isObject() && found.size() == 1; i++) {
      var only = found.properties().iterator().next();
      if (Coercion.scalar(type, StringNode.valueOf(only.getKey())) != null) {
        return node;
      }
      found = only.getValue();
    }
    return found;
  }

  private static JsonNode objectIn(JsonNode node, String path) {
    String text = RawText.withoutFence(node.stringValue().strip());
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return node;
    }
    var reading = LenientJson.readObject(text).filter(r -> !r.surrounded() && !r.truncated());
    reading.ifPresent(r -> refuseDoubt(r.doubt(), path));
    return reading.map(LenientJson.Reading::value).orElse(node);
  }

  /** Refuses what can be read in more than one way, with the readings. */
  static void refuseDoubt(@Nullable String doubt, String path) {
    if (doubt != null) {
      throw new TypeMismatchException(path, Excerpt.of(doubt, MAX_DOUBT_CHARS));
    }
  }

  /** The value of an object's only member, if that has the name of the field; else null. */
  static @Nullable JsonNode underOwnName(JsonNode object, String path) {
    if (!object.isObject() || object.size() != 1) {
      return null;
    }
    var only = object.properties().iterator().next();
    return isNamed(only.getKey(), nameIn(path)) ? only.getValue() : null;
  }

  /** The name of the field that a path leads to; empty for an item and for the whole value. */
  static String nameIn(String path) {
    return path.endsWith("]") ? "" : path.substring(path.lastIndexOf('.') + 1);
  }

  private static boolean isNamed(String key, String name) {
    return !name.isEmpty()
        && FoldedName.keepingEdges(key.strip()).equals(FoldedName.keepingEdges(name));
  }

  private static boolean canBeObject(FieldType type) {
    FieldType present = type.withoutOptional();
    if (present instanceof ListOf list) {
      return canBeObject(list.item());
    }
    return present instanceof SetOf set
        ? canBeObject(set.item())
        : present instanceof Any || present instanceof MapOf || present instanceof ObjectOf;
  }

  private static @Nullable JsonNode inside(FieldType item, JsonNode value) {
    if (!value.isObject()) {
      return value;
    }
    return isItem(item, value) ? null : onlyContainer(value);
  }

  /** Whether an object may be an item of the type. */
  private static boolean isItem(FieldType item, JsonNode object) {
    if (item instanceof MapOf map) {
      FieldType value = map.value();
      return value instanceof ListOf || value instanceof SetOf || value instanceof Any;
    }
    return item instanceof Any || item instanceof ObjectOf of && hasAnyField(of.fields(), object);
  }

  /** Whether an object has a key that is the name of a field, however it is written. */
  static boolean hasAnyField(List<Field> fields, JsonNode object) {
    List<String> names =
        fields.stream().map(field -> FoldedName.keepingEdges(field.name())).toList();
    return object
        .propertyStream()
        .anyMatch(e -> names.contains(FoldedName.keepingEdges(e.getKey().strip())));
  }

  /** The only array or object of an object; none if that is empty, while there is more beside. */
  private static @Nullable JsonNode onlyContainer(JsonNode object) {
    List<JsonNode> inner = object.valueStream().filter(JsonNode::isContainer).toList();
    boolean telling = inner.size() == 1 && (object.size() == 1 || !inner.get(0).isEmpty());
    return telling ? inner.get(0) : null;
  }

  /** The error for several values where only one can be taken. */
  static TypeMismatchException tooMany(List<JsonNode> values, FieldType type, String path) {
    long arrays = values.stream().filter(JsonNode::isArray).count();
    StringJoiner found = new StringJoiner(" and ");
    if (arrays < values.size()) {
      found.add(Plural.of(values.size() - arrays, "JSON object"));
    }
    if (arrays > 0) {
      found.add(Plural.of(arrays, "JSON array"));
    }
    return new TypeMismatchException(path, "found " + found + ", expected one: " + type.label());
  }
}
