package dev.hone.adapter.xml;

import dev.hone.json.Json;
import dev.hone.text.FoldedName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Lists, maps and records that a model wrote as tags within tags instead of JSON: {@code
 * <item>…</item>}, a tag for each part of a record, {@code <entry key="…">} or a tag for each key
 * of a map. Texts in such tags are read by the rules of XML, entities included. What has text
 * beside tags, or a part twice, is no such value.
 */
final class XmlTree {
  /** Says that tags do not make up a value of a type. */
  private static final class NoValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoValue() {
      super("no value in tags", null, false, false);
    }
  }

  private XmlTree() {}

  /** The value, its parts as texts; empty if the tags do not make up one. */
  static Optional<JsonNode> read(String raw, FieldType type) {
    XmlNode root = XmlNode.read(raw);
    if (root == null || root.children().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(value(type, root));
    } catch (NoValue e) {
      return Optional.empty();
    }
  }

  private static JsonNode value(FieldType declared, XmlNode node) {
    FieldType type = declared.withoutOptional();
    if (node.empty()) {
      return NullNode.getInstance();
    }
    if (node.children().isEmpty()) {
      boolean list = type instanceof FieldType.ListOf || type instanceof FieldType.SetOf;
      return list && node.text().isBlank() ? Json.array() : StringNode.valueOf(text(node));
    }
    if (type instanceof FieldType.ListOf list) {
      return items(list.item(), node);
    }
    if (type instanceof FieldType.SetOf set) {
      return items(set.item(), node);
    }
    if (type instanceof FieldType.MapOf map) {
      return entries(map.value(), node);
    }
    if (type instanceof FieldType.ObjectOf object) {
      return parts(object.fields(), node);
    }
    throw new NoValue();
  }

  private static String text(XmlNode node) {
    String raw = node.text().strip();
    String cdata = XmlValue.cdata(raw);
    return cdata != null ? cdata : XmlText.decoded(raw);
  }

  private static ArrayNode items(FieldType item, XmlNode node) {
    ArrayNode array = Json.array();
    if (item.withoutOptional() instanceof FieldType.ObjectOf object
        && node.children().stream().allMatch(part -> field(object.fields(), part) != null)) {
      return array.add(parts(object.fields(), node));
    }
    String name = FoldedName.of(node.children().get(0).name());
    for (XmlNode child : node.children()) {
      if (!FoldedName.of(child.name()).equals(name)) {
        throw new NoValue();
      }
      array.add(value(item, child));
    }
    return array;
  }

  private static ObjectNode parts(List<Field> fields, XmlNode node) {
    Map<String, List<XmlNode>> byName = new LinkedHashMap<>();
    for (XmlNode child : node.children()) {
      Field field = field(fields, child);
      String key = field == null ? child.name() : field.name();
      byName.computeIfAbsent(key, k -> new ArrayList<>()).add(child);
    }
    ObjectNode object = Json.object();
    for (Field field : fields) {
      List<XmlNode> found = byName.get(field.name());
      if (found != null) {
        object.set(
            field.name(),
            found.size() == 1 ? value(field.type(), found.get(0)) : several(field, found));
      }
    }
    return object;
  }

  /** A part that is a list, with a tag for each of its items. */
  private static ArrayNode several(Field field, List<XmlNode> nodes) {
    FieldType type = field.type().withoutOptional();
    FieldType item =
        type instanceof FieldType.ListOf list
            ? list.item()
            : type instanceof FieldType.SetOf set ? set.item() : null;
    if (item == null) {
      throw new NoValue();
    }
    ArrayNode array = Json.array();
    for (XmlNode node : nodes) {
      array.add(value(item, node));
    }
    return array;
  }

  private static @Nullable Field field(List<Field> fields, XmlNode node) {
    String wanted = FoldedName.of(node.name());
    for (Field field : fields) {
      if (FoldedName.of(field.name()).equals(wanted)) {
        return field;
      }
    }
    return null;
  }

  private static ObjectNode entries(FieldType type, XmlNode node) {
    ObjectNode object = Json.object();
    for (XmlNode child : node.children()) {
      String key = child.key() == null ? child.name() : child.key();
      XmlNode value = child;
      if (child.key() == null && isPair(child)) {
        key = text(child.children().get(0));
        value = child.children().get(1);
      }
      if (object.has(key)) {
        throw new NoValue();
      }
      object.set(key, value(type, value));
    }
    return object;
  }

  /** Whether an entry has a tag for its key and one for its value. */
  private static boolean isPair(XmlNode entry) {
    return entry.children().size() == 2
        && entry.children().get(0).name().equalsIgnoreCase("key")
        && entry.children().get(1).name().equalsIgnoreCase("value");
  }
}
