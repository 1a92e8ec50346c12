package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.program.ArtifactException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    if (!value.isNumber()) {
      throw unexpected(name, "a number");
    }
    return value.doubleValue();
  }

  long whole(String name) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw unexpected(name, "a whole number");
    }
    return value.longValue();
  }

  List<ArtifactNode> objects(String name) {
    JsonNode array = required(name);
    if (!array.isArray()) {
      throw unexpected(name, "an array");
    }
    List<ArtifactNode> items = new ArrayList<>();
    for (JsonNode item : array) {
      String itemPath = pathOf(name) + "[" + items.size() + "]";
      if (!(item instanceof ObjectNode object)) {
        throw damaged(itemPath, "found " + item.getNodeType() + ", expected an object");
      }
      items.add(new ArtifactNode(source, itemPath, object));
    }
    return items;
  }

  List<Embedding> embeddings(String name) {
    JsonNode array = required(name);
    if (!array.isArray()) {
      throw unexpected(name, "an array");
    }
    List<Embedding> items = new ArrayList<>();
    for (JsonNode item : array) {
      try {
        items.add(Embedding.ofBase64(item.asString("")));
      } catch (IllegalArgumentException | InvalidInputException e) {
        throw damaged(
            pathOf(name) + "[" + items.size() + "]",
            "expected numbers in Base64: " + e.getMessage());
      }
    }
    return items;
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
    return value.isBigDecimal() ? DoubleNode.valueOf(value.doubleValue()) : value;
  }

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
        pathOf(name), "found %s, expected %s".formatted(required(name).getNodeType(), expected));
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
