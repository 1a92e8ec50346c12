package dev.hone.coerce;

import dev.hone.json.Json;
import dev.hone.json.LenientJson;
import dev.hone.text.Excerpt;
import dev.hone.text.Interrupts;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.Message;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Text;
import dev.hone.type.MessageKind;
import java.util.HashSet;
import java.util.List;
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
      return bare(item, distinct, type, node, path);
    }
    FieldType present = item.withoutOptional();
    Set<String> seen = distinct ? new HashSet<>() : Set.of();
    for (int i = 0; i < node.size(); i++) {
      Interrupts.check(i + 1);
      String child = path + "[" + i + "]";
      if (present instanceof Text && node.get(i).isContainer()) {
        throw Coercion.mismatch(child, node.get(i), item.label());
      }
      JsonNode value = Coercion.value(item, node.get(i), child);
      if (!distinct || seen.add(identity(value))) {
        array.add(value);
      }
    }
    return array;
  }

  /** A value that is no array: the list inside of an object around it, or a bare item. */
  private static JsonNode bare(
      FieldType item, boolean distinct, FieldType type, JsonNode node, String path) {
    FieldType present = item.withoutOptional();
    JsonNode inner = node.isObject() ? Wrappers.list(present, node) : null;
    boolean items = present instanceof ObjectOf || present instanceof MapOf;
    if (inner == null && node.isObject() && !items) {
      inner = Wrappers.underOwnName(node, path);
      if (inner == null || inner.isObject()) {
        throw Coercion.mismatch(path, node, type.label());
      }
    }
    return inner == null
        ? Json.array().add(Coercion.value(item, node, path + "[0]"))
        : array(item, distinct, type, inner, path);
  }

  /**
   * A text that is the same for equal values only. In a hash table texts can be ordered, so that
   * equal hash codes cost no more than sorting; JSON values cannot.
   */
  static String identity(JsonNode value) {
    return value.isString() ? "\"" + value.stringValue() : Json.canonical(value);
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
    JsonNode object = Wrappers.map(map, single(map, node, path), path);
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
        : Coercion.object(
            record.fields(), Wrappers.record(record, single(record, node, path)), path);
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
      return any(type, text, path);
    }
    if (type instanceof Message message && message.kind() != MessageKind.TOOL_CALLS) {
      return Coercion.value(type, any(new Any(), text, path), path);
    }
    String raw = decoded(text);
    if (type instanceof ListOf list) {
      return list(list.item(), false, type, raw, path);
    }
    if (type instanceof SetOf set) {
      return list(set.item(), true, type, raw, path);
    }
    if (type instanceof MapOf && RawText.saysEmpty(type, raw)) {
      return Json.object();
    }
    return Coercion.value(type, ObjectText.find(type, raw, path), path);
  }

  /** Any JSON; a text that does not look like an object or array is itself. */
  private static JsonNode any(FieldType type, String text, String path) {
    var reading = LenientJson.read(text).orElse(null);
    if (reading != null && !reading.surrounded() && !reading.truncated()) {
      Wrappers.refuseDoubt(reading.doubt(), path);
      return reading.value();
    }
    String raw = RawText.withoutFence(text.strip());
    boolean opens = raw.startsWith("{") || raw.startsWith("[");
    if (opens && reading != null && reading.truncated() && !reading.surrounded()) {
      throw cutOff(raw, path);
    }
    if (opens && (raw.endsWith("}") || raw.endsWith("]"))) {
      throw mismatch(type, raw, path);
    }
    return StringNode.valueOf(text);
  }

  private static JsonNode list(
      FieldType item, boolean distinct, FieldType type, String raw, String path) {
    FieldType present = item.withoutOptional();
    if (RawText.saysEmpty(present, raw)) {
      return Json.array();
    }
    boolean named = present instanceof Choice choice && ChoiceNames.find(choice, raw) != null;
    List<String> program = present instanceof Text ? QuotedText.inProgram(raw) : List.of();
    JsonNode found =
        named || !program.isEmpty() ? null : ListText.find(item, type, raw, path).orElse(null);
    if (found != null) {
      return array(item, distinct, type, found, path);
    }
    ArrayNode parts = Json.array();
    List<String> items = program.isEmpty() ? ItemText.split(type, item, raw, path) : program;
    items.forEach(parts::add);
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
