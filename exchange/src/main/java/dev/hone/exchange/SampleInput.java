package dev.hone.exchange;

import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Inputs of the right types that say nothing, to render a prompt where there is no row of data. */
public final class SampleInput {
  private SampleInput() {}

  /** A value for each input field: a text is {@code {its name}}, a number 0, a list empty. */
  public static ObjectNode of(Signature<?, ?> signature) {
    return object(signature.inputFields());
  }

  private static ObjectNode object(List<Field> fields) {
    ObjectNode values = Json.object();
    fields.forEach(field -> values.set(field.name(), value(field.type(), field.name())));
    return values;
  }

  private static JsonNode value(FieldType type, String name) {
    if (type instanceof FieldType.Choice choice) {
      return StringNode.valueOf(choice.names().get(0));
    } else if (type instanceof FieldType.ObjectOf object) {
      return object(object.fields());
    } else if (type instanceof FieldType.MapOf) {
      return Json.object();
    } else if (type instanceof FieldType.ListOf || type instanceof FieldType.SetOf) {
      return Json.array();
    } else if (type instanceof FieldType.Message message) {
      return message(message.kind());
    }
    return scalar(type, name);
  }

  private static JsonNode scalar(FieldType type, String name) {
    if (type instanceof FieldType.OptionalOf) {
      return NullNode.getInstance();
    } else if (type instanceof FieldType.Whole || type instanceof FieldType.Decimal) {
      return IntNode.valueOf(0);
    } else if (type instanceof FieldType.Bool) {
      return BooleanNode.FALSE;
    } else if (type instanceof FieldType.Temporal temporal) {
      return StringNode.valueOf(moment(temporal.kind()));
    }
    return StringNode.valueOf("{" + name + "}");
  }

  private static String moment(FieldType.TemporalKind kind) {
    return switch (kind) {
      case DATE -> "2026-01-01";
      case TIME -> "12:00:00";
      case DATE_TIME -> "2026-01-01T12:00:00";
      case INSTANT -> "2026-01-01T12:00:00Z";
      case OFFSET_DATE_TIME -> "2026-01-01T12:00:00Z";
      case DURATION -> "PT0S";
    };
  }

  private static JsonNode message(MessageKind kind) {
    return switch (kind) {
      case IMAGE -> Json.object().put("url", "https://example.org/image.png");
      case FILE -> Json.object().put("url", "https://example.org/file.pdf");
      case HISTORY, TRAJECTORY, TOOL_CALLS -> Json.array();
    };
  }

  /** Whether values of a type are turns of a conversation, which no placeholder can stand for. */
  static boolean isTurns(FieldType type) {
    return type instanceof FieldType.Message message && !message.kind().isMedia();
  }
}
