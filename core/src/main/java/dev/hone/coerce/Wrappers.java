package dev.hone.coerce;

import dev.hone.json.JsonParts.Part;
import dev.hone.text.FoldedName;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.SetOf;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks into the objects that some models put around what was asked for. */
public final class Wrappers {
  private static final int MAX_WRAPPERS = 3;

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
    JsonNode value = unwrapped(part.value(), node -> inside(item, node));
    return value == null || !value.isArray()
        ? part
        : new Part(value, part.start(), part.end(), part.clean(), part.truncated(), part.doubt());
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
