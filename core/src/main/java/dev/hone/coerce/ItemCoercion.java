package dev.hone.coerce;

import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.text.Excerpt;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.SetOf;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Converts lists, sets, maps and nested objects to their types. */
final class ItemCoercion {
  private ItemCoercion() {}

  /** A list, or a set if repeats are dropped; a bare item is a list of one. */
  static JsonNode array(
      FieldType item, boolean distinct, FieldType type, JsonNode node, String path) {
    if (node.isString()) {
      return fromText(type, node.stringValue(), path);
    }
    ArrayNode array = Json.array();
    if (node.isNull()) {
      return array;
    }
    if (!node.isArray()) {
      if (node.isObject() && !(item instanceof ObjectOf || item instanceof MapOf)) {
        throw Coercion.mismatch(path, node, type.label());
      }
      return array.add(Coercion.value(item, node, path + "[0]"));
    }
    Set<JsonNode> seen = distinct ? new HashSet<>() : Set.of();
    for (int i = 0; i < node.size(); i++) {
      JsonNode value = Coercion.value(item, node.get(i), path + "[" + i + "]");
      if (!distinct || seen.add(value)) {
        array.add(value);
      }
    }
    return array;
  }

  /** A map; keys of a choice become its exact names. */
  static JsonNode map(MapOf map, JsonNode node, String path) {
    if (node.isString()) {
      return fromText(map, node.stringValue(), path);
    }
    ObjectNode result = Json.object();
    if (node.isNull()) {
      return result;
    }
    JsonNode object = single(map, node, path);
    if (!object.isObject()) {
      throw Coercion.mismatch(path, node, map.label());
    }
    for (var entry : object.properties()) {
      String child = path + "['" + RawText.shortened(entry.getKey()) + "']";
      String key = key(map.key(), entry.getKey(), child);
      if (result.has(key)) {
        throw new TypeMismatchException(child, "the key is there twice");
      }
      result.set(key, Coercion.value(map.value(), entry.getValue(), child));
    }
    return result;
  }

  /** A nested record. */
  static JsonNode record(ObjectOf record, JsonNode node, String path) {
    return node.isString()
        ? fromText(record, node.stringValue(), path)
        : Coercion.object(record.fields(), single(record, node, path), path);
  }

  /** The only object of an array; what is no array of objects as it is. */
  private static JsonNode single(FieldType type, JsonNode node, String path) {
    if (!node.isArray() || node.isEmpty() || !node.valueStream().allMatch(JsonNode::isObject)) {
      return node;
    }
    if (node.size() > 1) {
      throw Wrappers.tooMany(node.valueStream().toList(), type, path);
    }
    return node.get(0);
  }

  private static String key(FieldType type, String key, String path) {
    return Coercion.value(type, StringNode.valueOf(key), path).stringValue();
  }

  /** Converts a raw text to a list, set, map, object or JSON type. */
  static JsonNode fromText(FieldType type, String text, String path) {
    if (type instanceof Any) {
      return LenientJson.read(text)
          .filter(reading -> !reading.surrounded() && !reading.truncated())
          .map(LenientJson.Reading::value)
          .orElseGet(() -> StringNode.valueOf(text));
    }
    String raw = decoded(text);
    if (type instanceof ListOf list) {
      return list(list.item(), false, type, raw, path);
    }
    if (type instanceof SetOf set) {
      return list(set.item(), true, type, raw, path);
    }
    if (type instanceof MapOf && RawText.saysEmpty(raw)) {
      return Json.object();
    }
    return Coercion.value(type, ObjectText.find(type, raw, path), path);
  }

  private static JsonNode list(
      FieldType item, boolean distinct, FieldType type, String raw, String path) {
    boolean named = item instanceof Choice choice && ChoiceNames.find(choice, raw) != null;
    if (!named && RawText.saysEmpty(raw)) {
      return Json.array();
    }
    JsonNode found = named ? null : ListText.find(item, type, raw, path).orElse(null);
    if (found != null) {
      return array(item, distinct, type, found, path);
    }
    ArrayNode parts = Json.array();
    ItemText.split(item, raw).orElseThrow(() -> mismatch(type, raw, path)).forEach(parts::add);
    return array(item, distinct, type, parts, path);
  }

  /** The inside of a text that is a JSON string as a whole which holds an object or array. */
  private static String decoded(String raw) {
    String text = raw.strip();
    if (!text.startsWith("\"") || !text.endsWith("\"")) {
      return raw;
    }
    return LenientJson.read(text)
        .filter(reading -> reading.strict() && reading.value().isString())
        .map(reading -> reading.value().stringValue().strip())
        .filter(inner -> inner.startsWith("{") || inner.startsWith("["))
        .orElse(raw);
  }

  static TypeMismatchException cutOff(String raw, String path) {
    return new TypeMismatchException(
        path,
        "the JSON ends before it is complete: found " + RawText.shortened(Excerpt.end(raw, 60)));
  }

  static TypeMismatchException mismatch(FieldType type, String raw, String path) {
    return Coercion.mismatch(path, StringNode.valueOf(raw), type.label());
  }
}
