package dev.hone.type;

import dev.hone.type.FieldType.Any;
import dev.hone.type.FieldType.Bool;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.Decimal;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.Message;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Temporal;
import dev.hone.type.FieldType.Text;
import dev.hone.type.FieldType.Whole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of types in files and fingerprints, by the grammar of docs/formats.md. A name that has
 * been written is never changed: what has been saved would no longer load.
 */
final class TypeName {
  private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}_.-]+");

  private TypeName() {}

  static String of(FieldType type) {
    if (type instanceof ListOf list) {
      return "list<" + of(list.item()) + ">";
    } else if (type instanceof SetOf set) {
      return "set<" + of(set.item()) + ">";
    } else if (type instanceof MapOf map) {
      return "map<" + of(map.key()) + ", " + of(map.value()) + ">";
    } else if (type instanceof OptionalOf optional) {
      return "optional<" + of(optional.type()) + ">";
    } else if (type instanceof ObjectOf object) {
      return object(object.fields());
    } else if (type instanceof Choice choice) {
      return choice(choice.names());
    }
    return scalar(type);
  }

  private static String scalar(FieldType type) {
    if (type instanceof Whole whole) {
      return whole.bits() == 0 ? "integer" : "int" + whole.bits();
    } else if (type instanceof Decimal number) {
      return number.exact() ? "decimal" : "float";
    } else if (type instanceof Temporal temporal) {
      return temporal(temporal.kind());
    } else if (type instanceof Text) {
      return "text";
    } else if (type instanceof Bool) {
      return "boolean";
    } else if (type instanceof Any) {
      return "json";
    } else if (type instanceof Message message) {
      return message.kind().typeName();
    }
    throw new IllegalStateException("A type has no name: " + type.getClass().getSimpleName());
  }

  private static String temporal(FieldType.TemporalKind kind) {
    return switch (kind) {
      case DATE -> "date";
      case TIME -> "time";
      case DATE_TIME -> "datetime";
      case INSTANT -> "instant";
      case OFFSET_DATE_TIME -> "offset-datetime";
      case DURATION -> "duration";
    };
  }

  private static String object(List<Field> fields) {
    return fields.stream()
        .map(field -> field.name() + ": " + of(field.type()))
        .collect(Collectors.joining(", ", "object{", "}"));
  }

  private static String choice(List<String> names) {
    return names.stream().map(TypeName::value).collect(Collectors.joining(", ", "choice{", "}"));
  }

  /** A value as it is, in quotes where it could be taken for something else. */
  private static String value(String name) {
    return BARE.matcher(name).matches()
        ? name
        : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
