package dev.hone.compiled;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a file says of fields beside their names and types, for those who load it without the class:
 * descriptions and limits, by the path of a field ({@code order.price}), of an allowed value
 * ({@code severity=HIGH}) and of a map's keys ({@code order#key}). Nothing of it is compared or
 * fingerprinted; a file without it loads, too.
 *
 * @param descriptions texts by path
 * @param limits objects with {@code min}, {@code max}, {@code minSize} and {@code maxSize} by path
 */
record FieldNotes(ObjectNode descriptions, ObjectNode limits) {
  private static final String DESCRIPTIONS = "descriptions";
  private static final String LIMITS = "limits";

  /** Adds what there is of fields to the object that describes their signature. */
  static void write(List<Field> fields, ObjectNode signature) {
    FieldNotes notes = new FieldNotes(Json.object(), Json.object());
    fields.forEach(field -> notes.take(field, field.name()));
    if (!notes.descriptions.isEmpty()) {
      signature.set(DESCRIPTIONS, notes.descriptions);
    }
    if (!notes.limits.isEmpty()) {
      signature.set(LIMITS, notes.limits);
    }
  }

  private void take(Field field, String path) {
    describe(path, field.description());
    ObjectNode limit = Json.object();
    Constraints constraints = field.constraints();
    if (Double.isFinite(constraints.min())) {
      limit.put("min", constraints.min());
    }
    if (Double.isFinite(constraints.max())) {
      limit.put("max", constraints.max());
    }
    if (constraints.minSize() > 0) {
      limit.put("minSize", constraints.minSize());
    }
    if (constraints.maxSize() < Integer.MAX_VALUE) {
      limit.put("maxSize", constraints.maxSize());
    }
    if (!limit.isEmpty()) {
      limits.set(path, limit);
    }
    take(field.type(), path);
  }

  private void take(FieldType type, String path) {
    if (type instanceof Choice choice) {
      choice.allowed().forEach(value -> describe(path + "=" + value.name(), value.description()));
    } else if (type instanceof ObjectOf object) {
      object.fields().forEach(part -> take(part, path + "." + part.name()));
    } else if (type instanceof MapOf map) {
      take(map.key(), path + "#key");
      take(map.value(), path);
    } else if (type instanceof ListOf list) {
      take(list.item(), path);
    } else if (type instanceof SetOf set) {
      take(set.item(), path);
    } else if (type instanceof OptionalOf optional) {
      take(optional.type(), path);
    }
  }

  private void describe(String path, String description) {
    if (!description.isEmpty()) {
      descriptions.put(path, description);
    }
  }

  /** Reads the fields of one side of a signature, with what the file says of them. */
  static List<Field> read(ArtifactNode signature, String side) {
    FieldNotes notes = new FieldNotes(object(signature, DESCRIPTIONS), object(signature, LIMITS));
    List<Field> fields =
        signature.objects(side).stream()
            .map(field -> notes.field(field, field.text(Artifact.NAME)))
            .toList();
    if (fields.isEmpty()) {
      throw signature.damaged(
          signature.path() + "." + side, "found no fields, expected at least one");
    }
    return fields;
  }

  private static ObjectNode object(ArtifactNode signature, String name) {
    return signature.node().has(name) ? signature.object(name).node() : Json.object();
  }

  private Field field(ArtifactNode node, String name) {
    try {
      return with(Field.of(name, FieldType.ofTypeName(node.text(Artifact.TYPE))), name);
    } catch (InvalidInputException e) {
      if (e instanceof ArtifactException) {
        throw e;
      }
      String problem = String.valueOf(e.getMessage()).replaceFirst("(?s)\\.? Maybe .*", "");
      throw node.damaged(node.path(), problem);
    }
  }

  private Field with(Field field, String path) {
    return new Field(field.name(), with(field.type(), path), description(path), constraints(path));
  }

  private FieldType with(FieldType type, String path) {
    if (type instanceof Choice choice) {
      return new Choice(
          choice.names().stream()
              .map(name -> new Allowed(name, description(path + "=" + name)))
              .toList());
    } else if (type instanceof ObjectOf object) {
      return new ObjectOf(
          object.name(),
          object.fields().stream().map(part -> with(part, path + "." + part.name())).toList());
    } else if (type instanceof MapOf map) {
      return new MapOf(with(map.key(), path + "#key"), with(map.value(), path));
    } else if (type instanceof ListOf list) {
      return new ListOf(with(list.item(), path));
    } else if (type instanceof SetOf set) {
      return new SetOf(with(set.item(), path));
    } else if (type instanceof OptionalOf optional) {
      return new OptionalOf(with(optional.type(), path));
    }
    return type;
  }

  private String description(String path) {
    JsonNode text = descriptions.path(path);
    return text.isString() ? text.stringValue() : "";
  }

  private Constraints constraints(String path) {
    JsonNode limit = limits.path(path);
    return new Constraints(
        limit.path("min").asDouble(Double.NEGATIVE_INFINITY),
        limit.path("max").asDouble(Double.POSITIVE_INFINITY),
        limit.path("minSize").asInt(0),
        limit.path("maxSize").asInt(Integer.MAX_VALUE));
  }
}
