package dev.hone.coerce;

import dev.hone.json.Json;
import dev.hone.json.JsonParts;
import dev.hone.json.JsonParts.Part;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the one JSON object that a text means where a nested record or a map is expected. */
final class ObjectText {
  private ObjectText() {}

  /**
   * The object as it was written. Objects without any key of the record are part of the prose, if
   * there is one with; objects of a map that stand one after another are one map.
   *
   * @throws TypeMismatchException if there is none, or more than one
   */
  static JsonNode find(FieldType type, String raw, String path) {
    JsonParts all = JsonParts.of(raw);
    JsonParts parts =
        all.with(all.parts().stream().filter(part -> hasObject(part.value())).toList());
    if (parts.broken()) {
      throw ItemCoercion.mismatch(type, raw, path);
    }
    List<JsonNode> objects = new ArrayList<>();
    for (Part part : parts.parts()) {
      if (part.truncated()) {
        throw ItemCoercion.cutOff(parts.text(), path);
      }
      Wrappers.refuseDoubt(part.doubt(), path);
      addObjects(part.value(), objects);
    }
    if (objects.isEmpty()) {
      throw ItemCoercion.mismatch(type, raw, path);
    }
    return one(type, objects, type instanceof MapOf && PartGaps.separated(parts), path);
  }

  /**
   * The only object of several, or of none.
   *
   * @param joined whether the objects are parts of one
   */
  private static JsonNode one(FieldType type, List<JsonNode> objects, boolean joined, String path) {
    List<JsonNode> suited = objects;
    if (type instanceof ObjectOf record) {
      List<JsonNode> inner = objects.stream().map(o -> Wrappers.record(record, o)).toList();
      suited = inner.stream().filter(o -> Wrappers.hasAnyField(record.fields(), o)).toList();
      suited = suited.isEmpty() ? objects : suited;
    }
    Set<String> seen = new HashSet<>();
    List<JsonNode> distinct =
        suited.stream().filter(o -> seen.add(ItemCoercion.identity(o))).toList();
    if (distinct.size() == 1) {
      return distinct.get(0);
    }
    if (!joined) {
      throw Wrappers.tooMany(suited, type, path);
    }
    ObjectNode union = Json.object();
    for (JsonNode object : distinct) {
      object.properties().forEach(entry -> put(union, entry.getKey(), entry.getValue(), path));
    }
    return union;
  }

  private static void put(ObjectNode union, String key, JsonNode value, String path) {
    if (union.has(key)) {
      throw new TypeMismatchException(
          path + "['" + RawText.shortened(key) + "']", "the key is there twice");
    }
    union.set(key, value);
  }

  private static boolean hasObject(JsonNode value) {
    return value.isObject()
        || value.isArray() && value.valueStream().anyMatch(ObjectText::hasObject);
  }

  private static void addObjects(JsonNode value, List<JsonNode> objects) {
    if (value.isObject()) {
      objects.add(value);
    } else {
      value.valueStream().filter(ObjectText::hasObject).forEach(o -> addObjects(o, objects));
    }
  }
}
