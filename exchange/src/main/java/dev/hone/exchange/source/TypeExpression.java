package dev.hone.exchange.source;

import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.stream.Collectors;

/** Fields as Java expressions, for those that no record can have. */
final class TypeExpression {
  private TypeExpression() {}

  /** A codec of JSON objects with these fields. */
  static String codec(List<Field> fields, JavaTypes types) {
    return types.imported("dev.hone.signature.Codec") + ".ofJson(" + fields(fields, types) + ")";
  }

  private static String fields(List<Field> fields, JavaTypes types) {
    types.imported("java.util.List");
    return fields.stream()
        .map(field -> "\n            " + field(field, types))
        .collect(Collectors.joining(",", "List.of(", ")"));
  }

  private static String field(Field field, JavaTypes types) {
    return "new %s(%s, %s, %s, %s)"
        .formatted(
            types.imported("dev.hone.type.Field"),
            JavaText.literal(field.name()),
            type(field.type(), types),
            JavaText.literal(field.description()),
            constraints(field.constraints(), types));
  }

  private static String constraints(Constraints limits, JavaTypes types) {
    String name = types.imported("dev.hone.type.Constraints");
    return limits.equals(Constraints.NONE)
        ? name + ".NONE"
        : "new %s(%s, %s, %d, %d)"
            .formatted(
                name,
                number(limits.min()),
                number(limits.max()),
                limits.minSize(),
                limits.maxSize());
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? Double.toString(value)
        : "Double." + (value < 0 ? "NEGATIVE" : "POSITIVE") + "_INFINITY";
  }

  private static String type(FieldType type, JavaTypes types) {
    String name = types.imported("dev.hone.type.FieldType");
    if (FieldType.ofTypeName(type.typeName()).equals(type)) {
      return name + ".ofTypeName(" + JavaText.literal(type.typeName()) + ")";
    } else if (type instanceof FieldType.ListOf list) {
      return made(name, "ListOf", type(list.item(), types));
    } else if (type instanceof FieldType.SetOf set) {
      return made(name, "SetOf", type(set.item(), types));
    } else if (type instanceof FieldType.OptionalOf optional) {
      return made(name, "OptionalOf", type(optional.type(), types));
    } else if (type instanceof FieldType.MapOf map) {
      return made(name, "MapOf", type(map.key(), types) + ", " + type(map.value(), types));
    } else if (type instanceof FieldType.ObjectOf object) {
      return made(
          name,
          "ObjectOf",
          JavaText.literal(object.name()) + ", " + fields(object.fields(), types));
    } else if (type instanceof FieldType.Choice choice) {
      return made(name, "Choice", allowed(choice, name, types));
    }
    return made(name, "Text", "true");
  }

  private static String made(String name, String kind, String arguments) {
    return "new %s.%s(%s)".formatted(name, kind, arguments);
  }

  private static String allowed(FieldType.Choice choice, String name, JavaTypes types) {
    types.imported("java.util.List");
    return choice.allowed().stream()
        .map(
            a ->
                made(
                    name,
                    "Allowed",
                    JavaText.literal(a.name()) + ", " + JavaText.literal(a.description())))
        .collect(Collectors.joining(", ", "List.of(", ")"));
  }
}
