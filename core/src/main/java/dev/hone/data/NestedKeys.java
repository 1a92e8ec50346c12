package dev.hone.data;

import dev.hone.json.LenientJson;
import dev.hone.text.FoldedName;
import dev.hone.text.Interrupts;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks for keys of nested records that are not among their fields. A reply may have them, and they
 * are left out; in labelled data one is most likely a field misspelt, whose label would be lost.
 *
 * @param ignoreOthers whether only those count that look like a field that is absent
 */
record NestedKeys(boolean ignoreOthers) {
  /**
   * A key that a record does not have.
   *
   * @param path the record's place
   * @param key the key
   * @param type the record
   */
  record UnknownKey(String path, String key, FieldType.ObjectOf type) {
    List<String> names() {
      return type.fields().stream().map(Field::name).toList();
    }
  }

  /** The first such key within a value, as it was read. */
  Optional<UnknownKey> find(FieldType type, JsonNode value, String path) {
    if (type instanceof FieldType.OptionalOf optional) {
      return find(optional.type(), value, path);
    } else if (type instanceof FieldType.ListOf list) {
      return inItems(list.item(), value, path);
    } else if (type instanceof FieldType.SetOf set) {
      return inItems(set.item(), value, path);
    } else if (type instanceof FieldType.MapOf map) {
      return object(value).flatMap(object -> inValues(map.value(), object, path));
    } else if (type instanceof FieldType.ObjectOf record) {
      return object(value).flatMap(object -> inRecord(record, object, path));
    }
    return Optional.empty();
  }

  private Optional<UnknownKey> inItems(FieldType item, JsonNode value, String path) {
    JsonNode array = read(value, LenientJson::readArray);
    if (!array.isArray()) {
      return find(item, array, path);
    }
    int index = 0;
    for (JsonNode child : array) {
      Optional<UnknownKey> found = find(item, child, path + "[" + index++ + "]");
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<UnknownKey> inValues(FieldType type, ObjectNode object, String path) {
    return object.properties().stream()
        .flatMap(
            e ->
                find(type, e.getValue(), path + "['" + ColumnMatch.shown(e.getKey()) + "']")
                    .stream())
        .findFirst();
  }

  private Optional<UnknownKey> inRecord(FieldType.ObjectOf type, ObjectNode object, String path) {
    List<String> lacking = ignoreOthers ? lacking(type, object) : List.of();
    int seen = 0;
    for (var entry : object.properties()) {
      Interrupts.check(++seen);
      String key = entry.getKey();
      Optional<Field> field =
          type.fields().stream().filter(f -> normal(f.name()).equals(normal(key))).findFirst();
      if (field.isEmpty() && (!ignoreOthers || isMisspelt(key, lacking))) {
        return Optional.of(new UnknownKey(path, key, type));
      }
      Optional<UnknownKey> within =
          field.flatMap(f -> find(f.type(), entry.getValue(), path + "." + f.name()));
      if (within.isPresent()) {
        return within;
      }
    }
    return Optional.empty();
  }

  /** The fields that an object has no key for. */
  private static List<String> lacking(FieldType.ObjectOf type, ObjectNode object) {
    Set<String> present =
        object.propertyNames().stream().map(NestedKeys::normal).collect(Collectors.toSet());
    return type.fields().stream()
        .map(Field::name)
        .filter(name -> !present.contains(normal(name)))
        .toList();
  }

  private static boolean isMisspelt(String key, List<String> lacking) {
    return lacking.stream().anyMatch(name -> NearestName.isMisspelt(key, name));
  }

  /** As the reader takes a key, which may be in another case or have other separators. */
  private static String normal(String name) {
    return FoldedName.keepingEdges(name.strip());
  }

  /** The JSON that a text holds; a value that is no such text is itself. */
  private static JsonNode read(
      JsonNode value, Function<String, Optional<LenientJson.Reading>> reader) {
    return value.isString()
        ? reader.apply(value.stringValue()).map(LenientJson.Reading::value).orElse(value)
        : value;
  }

  private static Optional<ObjectNode> object(JsonNode value) {
    JsonNode node = read(value, LenientJson::readObject);
    return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }
}
