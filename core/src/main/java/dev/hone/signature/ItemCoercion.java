package dev.hone.signature;

import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.signature.FieldType.Any;
import dev.hone.signature.FieldType.Choice;
import dev.hone.signature.FieldType.ListOf;
import dev.hone.signature.FieldType.MapOf;
import dev.hone.signature.FieldType.ObjectOf;
import dev.hone.signature.FieldType.SetOf;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Brings lists, sets, maps and nested objects to their types. */
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
    if (!node.isObject()) {
      throw Coercion.mismatch(path, node, map.label());
    }
    for (var entry : node.properties()) {
      String child = path + "['" + RawText.shortened(entry.getKey()) + "']";
      String key = key(map.key(), entry.getKey(), child);
      if (result.has(key)) {
        throw new TypeMismatchException(child, "the key is there twice");
      }
      result.set(key, Coercion.value(map.value(), entry.getValue(), child));
    }
    return result;
  }

  private static String key(FieldType type, String key, String path) {
    return Coercion.value(type, StringNode.valueOf(key), path).stringValue();
  }

  /** Brings a raw text to a list, set, map, object or JSON type. */
  static JsonNode fromText(FieldType type, String raw, String path) {
    if (type instanceof Any) {
      return LenientJson.read(raw)
          .filter(reading -> !reading.surrounded() && !reading.truncated())
          .map(LenientJson.Reading::value)
          .orElseGet(() -> StringNode.valueOf(raw));
    }
    if (type instanceof ListOf list) {
      return list(list.item(), false, type, raw, path);
    }
    if (type instanceof SetOf set) {
      return list(set.item(), true, type, raw, path);
    }
    if (type instanceof MapOf && RawText.saysEmpty(raw)) {
      return Json.object();
    }
    JsonNode node =
        whole(LenientJson.readObject(raw), raw, path).orElseThrow(() -> mismatch(type, raw, path));
    return Coercion.value(type, node, path);
  }

  private static JsonNode list(
      FieldType item, boolean distinct, FieldType type, String raw, String path) {
    boolean named = item instanceof Choice choice && ChoiceNames.find(choice, raw) != null;
    if (!named && RawText.saysEmpty(raw)) {
      return Json.array();
    }
    Optional<LenientJson.Reading> reading =
        LenientJson.readArray(raw).filter(found -> !found.surrounded() || isMeant(found, item));
    if (!named && reading.isPresent()) {
      return array(item, distinct, type, whole(reading, raw, path).orElseThrow(), path);
    }
    if (item instanceof ObjectOf || item instanceof MapOf) {
      JsonNode node =
          whole(LenientJson.readObject(raw), raw, path)
              .orElseThrow(() -> mismatch(type, raw, path));
      return array(item, distinct, type, node, path);
    }
    ArrayNode parts = Json.array();
    ItemText.split(item, raw).orElseThrow(() -> mismatch(type, raw, path)).forEach(parts::add);
    return array(item, distinct, type, parts, path);
  }

  /** Whether an array inside of a text is the list itself, and not part of a text such as "[1]". */
  private static boolean isMeant(LenientJson.Reading found, FieldType item) {
    return found.cleanValue()
        && (!(item instanceof FieldType.Text)
            || found.value().valueStream().allMatch(JsonNode::isString));
  }

  private static Optional<JsonNode> whole(
      Optional<LenientJson.Reading> reading, String raw, String path) {
    if (reading.isPresent() && reading.get().truncated()) {
      throw new TypeMismatchException(
          path, "the JSON ends before it is complete: found " + RawText.shortened(tail(raw)));
    }
    return reading.map(LenientJson.Reading::value);
  }

  private static String tail(String raw) {
    return raw.length() <= 60 ? raw : "…" + raw.substring(raw.length() - 60);
  }

  private static TypeMismatchException mismatch(FieldType type, String raw, String path) {
    return Coercion.mismatch(path, StringNode.valueOf(raw), type.label());
  }
}
