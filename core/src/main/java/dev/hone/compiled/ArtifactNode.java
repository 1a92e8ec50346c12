package dev.hone.compiled;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of an artifact that is being read: gives its parts by name, each of the type expected,
 * or says which is missing or has another type.
 *
 * @param source the file's name, for errors
 * @param path the path to the object; empty for the whole
 * @param node the object
 */
record ArtifactNode(String source, String path, ObjectNode node) {
  /** As deep as {@link Json#parse} reads. */
  private static final int MAX_DEPTH = 500;

  private static final int SHOWN_CHARS = 60;

  /** The whole artifact, which may not be deeper than what can be written. */
  static ArtifactNode root(String source, ObjectNode node) {
    ArtifactNode root = new ArtifactNode(source, "", node);
    if (isDeeper(node, MAX_DEPTH)) {
      throw root.damaged("", "found more than %d levels of nesting".formatted(MAX_DEPTH));
    }
    return root;
  }

  private static boolean isDeeper(JsonNode node, int depth) {
    if (!node.isContainer()) {
      return false;
    }
    return depth == 0 || node.valueStream().anyMatch(child -> isDeeper(child, depth - 1));
  }

  ArtifactNode object(String name) {
    if (required(name) instanceof ObjectNode object) {
      return new ArtifactNode(source, pathOf(name), object);
    }
    throw unexpected(name, "an object");
  }

  String text(String name) {
    JsonNode value = required(name);
    if (!value.isString()) {
      throw unexpected(name, "a text");
    }
    return value.stringValue();
  }

  double number(String name) {
    JsonNode value = required(name);
    if (!value.isNumber() || !Double.isFinite(asDouble(value))) {
      throw unexpected(name, "a finite number");
    }
    return asDouble(value);
  }

  /** The number as a double, infinite if it is too large; Jackson would throw. */
  private static double asDouble(JsonNode number) {
    return number.isBigDecimal() || number.isBigInteger()
        ? number.decimalValue().doubleValue()
        : number.doubleValue();
  }

  long whole(String name) {
    return whole(name, Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of 64 bits");
  }

  /** A whole number of at least a bound, which fits an int. */
  int count(String name, int least) {
    String expected = "a whole number from %d to %d".formatted(least, Integer.MAX_VALUE);
    return (int) whole(name, least, Integer.MAX_VALUE, expected);
  }

  private long whole(String name, long least, long most, String expected) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw unexpected(name, expected);
    }
    return value.longValue();
  }

  List<ArtifactNode> objects(String name) {
    List<ArtifactNode> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      String itemPath = pathOf(name) + "[" + items.size() + "]";
      if (!(item instanceof ObjectNode object)) {
        throw damaged(itemPath, "found " + shown(item) + ", expected an object");
      }
      items.add(new ArtifactNode(source, itemPath, object));
    }
    return items;
  }

  /** Vectors, all of one size. */
  List<Embedding> embeddings(String name) {
    List<Embedding> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      String itemPath = pathOf(name) + "[" + items.size() + "]";
      if (!item.isString()) {
        throw damaged(itemPath, "found " + shown(item) + ", expected numbers in Base64");
      }
      Embedding vector = embedding(item.stringValue(), itemPath);
      if (!items.isEmpty() && vector.size() != items.get(0).size()) {
        throw damaged(
            itemPath,
            "found %d numbers, expected %d as in the first"
                .formatted(vector.size(), items.get(0).size()));
      }
      items.add(vector);
    }
    return items;
  }

  private Embedding embedding(String text, String itemPath) {
    try {
      return Embedding.ofBase64(text);
    } catch (IllegalArgumentException e) {
      throw damaged(itemPath, "expected numbers in Base64, but " + e.getMessage());
    }
  }

  private ArrayNode array(String name) {
    if (required(name) instanceof ArrayNode array) {
      return array;
    }
    throw unexpected(name, "an array");
  }

  Map<String, String> texts(String name) {
    ArtifactNode object = object(name);
    Map<String, String> map = new LinkedHashMap<>();
    object.node.propertyNames().forEach(key -> map.put(key, object.text(key)));
    return map;
  }

  /** An object of any content, its numbers in the form in which settings hold them. */
  ObjectNode settings(String name) {
    return (ObjectNode) withDoubles(object(name).node);
  }

  private static JsonNode withDoubles(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = Json.object();
      object.properties().forEach(e -> copy.set(e.getKey(), withDoubles(e.getValue())));
      return copy;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(item -> copy.add(withDoubles(item)));
      return copy;
    }
    boolean fits = value.isBigDecimal() && Double.isFinite(asDouble(value));
    return fits ? DoubleNode.valueOf(asDouble(value)) : value;
  }

  /** That what is at a path, the whole file where it is empty, is not as it should be. */
  ArtifactException damaged(String where, String problem) {
    return new ArtifactException(
        Problem.DAMAGED,
        source,
        "%s: %s. Maybe the file was edited by hand; save the program again."
            .formatted(where.isEmpty() ? "the file" : where, problem));
  }

  private JsonNode required(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw damaged(pathOf(name), "it is missing");
    }
    return value;
  }

  private ArtifactException unexpected(String name, String expected) {
    return damaged(
        pathOf(name), "found %s, expected %s".formatted(shown(node.get(name)), expected));
  }

  private static String shown(@Nullable JsonNode value) {
    if (value == null || value.isContainer()) {
      return value instanceof ArrayNode ? "an array" : "an object";
    }
    return Excerpt.of(Json.write(value), SHOWN_CHARS);
  }

  String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
