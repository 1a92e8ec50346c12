package dev.hone.coerce;

import dev.hone.json.Json;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
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
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes fields as a JSON schema (draft 2020-12), in the form that model providers bind replies to:
 * keys in the order of the fields, every key required, no others allowed, an absent optional is
 * null. Equal fields give equal text.
 *
 * <p>A map becomes an object with free keys; some providers refuse that. That a set has no repeats
 * is not said, since providers refuse that too; {@link Coercion} drops repeats.
 */
public final class JsonSchema {
  private JsonSchema() {}

  /** The schema of an object with these fields. */
  public static ObjectNode of(List<Field> fields) {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (Field field : fields) {
      properties.set(field.name(), property(field));
      required.add(field.name());
    }
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode property(Field field) {
    ObjectNode schema =
        field.type() instanceof OptionalOf optional
            ? nullable(optional.type(), field.constraints())
            : type(field.type(), field.constraints());
    String description = description(field);
    return description.isEmpty() ? schema : schema.put("description", description);
  }

  private static String description(Field field) {
    String values =
        field.type() instanceof Choice choice
            ? choice.allowed().stream()
                .filter(value -> !value.description().isEmpty())
                .map(value -> value.name() + ": " + value.description())
                .collect(Collectors.joining("; "))
            : "";
    String gap = field.description().isEmpty() || values.isEmpty() ? "" : ". ";
    return field.description() + gap + values;
  }

  private static ObjectNode nullable(FieldType type, Constraints limits) {
    ObjectNode schema = type(type, limits);
    if (schema.path("type").isString() && !schema.has("enum") && !schema.has("properties")) {
      ArrayNode types = Json.array().add(schema.get("type")).add("null");
      schema.set("type", types);
      return schema;
    }
    ObjectNode either = Json.object();
    either.putArray("anyOf").add(schema).add(Json.object().put("type", "null"));
    return either;
  }

  private static ObjectNode type(FieldType type, Constraints limits) {
    if (type instanceof OptionalOf optional) {
      return nullable(optional.type(), limits);
    }
    if (type instanceof ObjectOf object) {
      return of(object.fields());
    }
    if (type instanceof ListOf list) {
      return array(list.item(), limits);
    }
    if (type instanceof SetOf set) {
      return array(set.item(), limits);
    }
    if (type instanceof MapOf map) {
      return map(map, limits);
    }
    return scalar(type, limits);
  }

  private static ObjectNode scalar(FieldType type, Constraints limits) {
    if (type instanceof Text) {
      ObjectNode schema = Json.object().put("type", "string");
      return sizes(schema, limits, "minLength", "maxLength");
    }
    if (type instanceof Whole whole) {
      return whole(whole, limits);
    }
    if (type instanceof Decimal) {
      return numbers(Json.object().put("type", "number"), limits);
    }
    if (type instanceof Bool) {
      return Json.object().put("type", "boolean");
    }
    if (type instanceof Temporal temporal) {
      return temporal(temporal.kind());
    }
    if (type instanceof Choice choice) {
      ObjectNode schema = Json.object().put("type", "string");
      ArrayNode names = schema.putArray("enum");
      choice.allowed().stream().map(Allowed::name).forEach(names::add);
      return schema;
    }
    return Json.object();
  }

  private static ObjectNode array(FieldType item, Constraints limits) {
    ObjectNode schema = Json.object().put("type", "array");
    Constraints ofItems = new Constraints(limits.min(), limits.max(), 0, Integer.MAX_VALUE);
    schema.set("items", type(item, ofItems));
    return sizes(schema, limits, "minItems", "maxItems");
  }

  private static ObjectNode map(MapOf map, Constraints limits) {
    ObjectNode schema = Json.object().put("type", "object");
    if (map.key() instanceof Choice) {
      schema.set("propertyNames", scalar(map.key(), Constraints.NONE));
    }
    schema.set("additionalProperties", type(map.value(), Constraints.NONE));
    return sizes(schema, limits, "minProperties", "maxProperties");
  }

  private static ObjectNode temporal(TemporalKind kind) {
    ObjectNode schema = Json.object().put("type", "string");
    return switch (kind) {
      case DATE -> schema.put("format", "date");
      case INSTANT, OFFSET_DATE_TIME -> schema.put("format", "date-time");
      case TIME, DATE_TIME, DURATION -> schema.put("description", kind.label());
    };
  }

  /** The range of 64 bits is left out: providers count in doubles. */
  private static ObjectNode whole(Whole whole, Constraints limits) {
    ObjectNode schema = Json.object().put("type", "integer");
    if (whole.bits() == 0 || whole.bits() == 64) {
      return numbers(schema, limits);
    }
    long max = (1L << (whole.bits() - 1)) - 1;
    schema.set("minimum", LongNode.valueOf((long) Math.ceil(Math.max(limits.min(), -max - 1.0))));
    schema.set("maximum", LongNode.valueOf((long) Math.floor(Math.min(limits.max(), max))));
    return schema;
  }

  private static ObjectNode numbers(ObjectNode schema, Constraints limits) {
    if (limits.min() != Double.NEGATIVE_INFINITY) {
      schema.set("minimum", number(limits.min()));
    }
    if (limits.max() != Double.POSITIVE_INFINITY) {
      schema.set("maximum", number(limits.max()));
    }
    return schema;
  }

  private static DecimalNode number(double limit) {
    return DecimalNode.valueOf(new BigDecimal(Constraints.plain(limit)));
  }

  private static ObjectNode sizes(
      ObjectNode schema, Constraints limits, String least, String most) {
    if (limits.minSize() > 0) {
      schema.put(least, limits.minSize());
    }
    if (limits.maxSize() < Integer.MAX_VALUE) {
      schema.put(most, limits.maxSize());
    }
    return schema;
  }
}
