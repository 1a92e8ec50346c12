package dev.hone.adapter;

import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.Bool;
import dev.hone.type.FieldType.Choice;
import dev.hone.type.FieldType.ListOf;
import dev.hone.type.FieldType.MapOf;
import dev.hone.type.FieldType.ObjectOf;
import dev.hone.type.FieldType.OptionalOf;
import dev.hone.type.FieldType.SetOf;
import dev.hone.type.FieldType.Text;
import java.util.List;
import java.util.stream.Collectors;

/** What a prompt says about fields: a bullet that describes it, and a hint on how it is written. */
final class FieldHints {
  private FieldHints() {}

  /** The bullet of a field with those below it, each on its own line. */
  static String bullet(Field field) {
    StringBuilder text = new StringBuilder("- ");
    describe(text, field.name(), field);
    details(text, field.type(), "");
    return text.toString();
  }

  private static void describe(StringBuilder text, String path, Field field) {
    text.append('`').append(path).append("` (").append(field.type().label());
    field.constraints().phrases().forEach(phrase -> text.append(phraseGap(text)).append(phrase));
    text.append(')');
    if (!field.description().isEmpty()) {
      text.append(": ").append(Excerpt.oneLine(field.description()));
    }
    text.append('\n');
  }

  /** The first limit comes after a semicolon, the others after a comma. */
  private static String phraseGap(StringBuilder text) {
    int open = text.lastIndexOf("` (");
    return text.indexOf("; ", open) < 0 ? "; " : ", ";
  }

  /** Allowed values with a description, and parts of objects with a description or limits. */
  private static void details(StringBuilder text, FieldType type, String path) {
    FieldType inner = innermost(type);
    if (type instanceof MapOf map && map.key() instanceof Choice key) {
      described(text, key, path.isEmpty() ? "key " : "`" + path + "` key ");
    }
    if (inner instanceof Choice choice) {
      described(text, choice, path.isEmpty() ? "" : "`" + path + "` ");
    } else if (inner instanceof ObjectOf object) {
      for (Field field : object.fields()) {
        String child = path.isEmpty() ? field.name() : path + "." + field.name();
        if (!field.description().isEmpty() || !field.constraints().phrases().isEmpty()) {
          text.append("    - ");
          describe(text, child, field);
        }
        details(text, field.type(), child);
      }
    }
  }

  private static void described(StringBuilder text, Choice choice, String where) {
    for (Allowed value : choice.allowed()) {
      if (!value.description().isEmpty()) {
        text.append("    - ").append(where).append(value.name()).append(": ");
        text.append(Excerpt.oneLine(value.description())).append('\n');
      }
    }
  }

  private static FieldType innermost(FieldType type) {
    if (type instanceof OptionalOf optional) {
      return innermost(optional.type());
    }
    if (type instanceof ListOf list) {
      return innermost(list.item());
    }
    if (type instanceof SetOf set) {
      return innermost(set.item());
    }
    return type instanceof MapOf map ? innermost(map.value()) : type;
  }

  /** The placeholder of an input field. */
  static String inputPlaceholder(Field field) {
    return "{" + field.name() + "}";
  }

  /** The placeholder of an output field, with the hint on how it is written. */
  static String outputPlaceholder(Field field) {
    String hint = hint(field);
    return "{" + field.name() + (hint.isEmpty() ? "" : ": " + hint) + "}";
  }

  private static String hint(Field field) {
    List<String> phrases = field.constraints().phrases();
    String limits = String.join(", ", phrases);
    String hint = hint(field.type(), field.constraints().minSize() == 0);
    return hint.isEmpty() || limits.isEmpty() ? hint + limits : hint + "; " + limits;
  }

  private static String hint(FieldType type, boolean mayBeEmpty) {
    if (type instanceof OptionalOf optional) {
      String hint = hint(optional.type(), mayBeEmpty);
      return (hint.isEmpty() ? "text" : hint) + ", or null";
    }
    if (type instanceof Text) {
      return "";
    }
    if (type instanceof FieldType.Message) {
      return "a JSON array of {\"tool\": a tool's name, \"arguments\": {…}}";
    }
    if (type instanceof Choice choice) {
      return "exactly one of " + String.join(", ", choice.names());
    }
    if (type instanceof ListOf list) {
      return array(list.item(), mayBeEmpty);
    }
    if (type instanceof SetOf set) {
      return array(set.item(), mayBeEmpty);
    }
    if (type instanceof ObjectOf || type instanceof MapOf) {
      return "a JSON object on one line, " + shape(type);
    }
    String article = type instanceof Bool || type instanceof FieldType.Any ? "" : "a ";
    return article + article(type.label());
  }

  private static String article(String label) {
    return label.startsWith("ISO") ? "n " + label : label;
  }

  private static String array(FieldType item, boolean mayBeEmpty) {
    String none = mayBeEmpty ? "; [] for none" : "";
    return item instanceof Choice choice
        ? "a JSON array of any of " + quoted(choice) + none
        : "a JSON array of " + shape(item) + none;
  }

  private static String quoted(Choice choice) {
    return choice.names().stream()
        .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(", "));
  }

  /** The shape of a value inside of JSON. */
  private static String shape(FieldType type) {
    if (type instanceof ObjectOf object) {
      return object.fields().stream()
          .map(field -> '"' + field.name() + "\": " + shape(field.type()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (type instanceof MapOf map) {
      return "{<" + map.key().label() + ">: " + shape(map.value()) + ", …}";
    }
    if (type instanceof ListOf list) {
      return "[" + shape(list.item()) + ", …]";
    }
    if (type instanceof SetOf set) {
      return "[" + shape(set.item()) + ", …]";
    }
    if (type instanceof OptionalOf optional) {
      return shape(optional.type()) + " or null";
    }
    return type instanceof Choice choice
        ? choice.names().stream().map(n -> '"' + n + '"').collect(Collectors.joining(" | "))
        : type.label();
  }
}
