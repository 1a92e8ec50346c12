package dev.hone.compiled;

import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Bool;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.TemporalKind;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words by which files of format 1 name types: those of the prompts of that time. Frozen, and
 * independent of {@link FieldType#label}, whose words may change. They do not distinguish an int
 * from a long, nor a double from an exact decimal.
 */
final class VersionOneTypeWords {
  private VersionOneTypeWords() {}

  /** A signature as files of format 1 describe it, without the fingerprint. */
  static ObjectNode describe(Signature<?, ?> signature) {
    ObjectNode node = Json.object();
    node.set(Artifact.INPUTS, describe(signature.inputFields()));
    node.set(Artifact.OUTPUTS, describe(signature.outputFields()));
    return node;
  }

  private static ArrayNode describe(List<Field> fields) {
    ArrayNode array = Json.array();
    for (Field field : fields) {
      array.add(
          Json.object().put(Artifact.NAME, field.name()).put(Artifact.TYPE, of(field.type())));
    }
    return array;
  }

  /** The words for a type. */
  static String of(FieldType type) {
    if (type instanceof ListOf list) {
      return "list of " + grouped(list.item());
    } else if (type instanceof SetOf set) {
      return "set of " + grouped(set.item());
    } else if (type instanceof MapOf map) {
      return "map from " + of(map.key()) + " to " + grouped(map.value());
    } else if (type instanceof OptionalOf optional) {
      return of(optional.type()) + ", or null";
    } else if (type instanceof ObjectOf object) {
      return object.fields().stream()
          .map(field -> field.name() + ": " + grouped(field.type()))
          .collect(Collectors.joining(", ", "object {", "}"));
    } else if (type instanceof Choice choice) {
      return "one of " + String.join(" | ", choice.names());
    }
    return scalar(type);
  }

  private static String grouped(FieldType part) {
    return part instanceof OptionalOf ? "(" + of(part) + ")" : of(part);
  }

  private static String scalar(FieldType type) {
    if (type instanceof Text) {
      return "text";
    } else if (type instanceof Whole) {
      return "whole number";
    } else if (type instanceof Decimal) {
      return "number";
    } else if (type instanceof Bool) {
      return "true or false";
    } else if (type instanceof Temporal temporal) {
      return temporal(temporal.kind());
    } else if (type instanceof Any) {
      return "any JSON value";
    }
    return "a type that format 1 does not know";
  }

  private static String temporal(TemporalKind kind) {
    return switch (kind) {
      case DATE -> "date (YYYY-MM-DD)";
      case TIME -> "time (HH:MM:SS)";
      case DATE_TIME -> "date and time (YYYY-MM-DDTHH:MM:SS)";
      case INSTANT -> "moment in UTC (YYYY-MM-DDTHH:MM:SSZ)";
      case OFFSET_DATE_TIME -> "date, time and offset (YYYY-MM-DDTHH:MM:SS+HH:MM)";
      case DURATION -> "ISO-8601 duration (such as PT15M)";
    };
  }
}
