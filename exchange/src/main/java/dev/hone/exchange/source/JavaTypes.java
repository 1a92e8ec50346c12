package dev.hone.exchange.source;

import dev.hone.InvalidInputException;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The records and enums of one generated class. Collects what has to be declared and imported. */
final class JavaTypes {
  private final Flavour flavour;
  private final Map<String, String> declarations = new LinkedHashMap<>();
  private final Map<FieldType, String> named = new LinkedHashMap<>();
  private final TreeSet<String> imports = new TreeSet<>();
  private final Set<String> taken = new HashSet<>(ReservedNames.ALL);

  JavaTypes(Flavour flavour) {
    this.flavour = flavour;
  }

  /** Whether all fields can be components of a record whose signature is the same. */
  static boolean canBeRecord(List<Field> fields) {
    return fields.stream().allMatch(f -> SourceName.isComponent(f.name()) && isTypable(f.type()));
  }

  private static boolean isTypable(FieldType type) {
    if (type instanceof Choice choice) {
      return choice.names().stream().allMatch(SourceName::isIdentifier);
    } else if (type instanceof ObjectOf object) {
      return canBeRecord(object.fields());
    } else if (type instanceof MapOf map) {
      return isTypable(map.key()) && isTypable(map.value());
    } else if (type instanceof ListOf list) {
      return isTypable(list.item());
    } else if (type instanceof SetOf set) {
      return isTypable(set.item());
    }
    return !(type instanceof OptionalOf optional) || isTypable(optional.type());
  }

  /** Adds an import, and returns the class's simple name. */
  String imported(String className) {
    imports.add(className);
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** The lines that import, sorted, with an empty line after them. */
  String importLines() {
    return imports.isEmpty()
        ? ""
        : imports.stream().map(i -> "import " + i + ";\n").collect(Collectors.joining()) + "\n";
  }

  /** The declarations, in the order in which they were needed, indented as members. */
  String declarations() {
    return String.join("\n", declarations.values());
  }

  /** Keeps a name from being used for a declaration. */
  void reserve(String name) {
    taken.add(name);
  }

  /**
   * Declares a record, and returns its name.
   *
   * @throws InvalidInputException if a field's name is none of a component
   */
  String record(String wanted, List<Field> fields, String doc) {
    String name = free(wanted);
    declarations.put(name, "");
    declarations.put(name, "  /** %s */\n%s".formatted(doc, body(name, fields)));
    return name;
  }

  private String body(String name, List<Field> fields) {
    List<String> components = fields.stream().map(this::component).toList();
    String line = String.join(", ", components);
    return line.length() + name.length() < 80
        ? "  public record %s(%s) {}\n".formatted(name, line)
        : "  public record %s(\n      %s) {}\n"
            .formatted(name, String.join(",\n      ", components));
  }

  private String component(Field field) {
    if (!SourceName.isComponent(field.name())) {
      throw InvalidInputException.of(
          "The field \"%s\" cannot be a component of a record in Java".formatted(field.name()),
          "rename it in the program, or export it as --text or --messages");
    }
    String type = type(field.type(), field.name(), false);
    return notes(field) + type + " " + field.name();
  }

  private String notes(Field field) {
    String description =
        field.description().isEmpty() ? "" : describe(JavaText.literal(field.description()));
    boolean limited = flavour == Flavour.HONE && !field.constraints().equals(Constraints.NONE);
    return limited ? description + limits(field.constraints()) + " " : description;
  }

  private String describe(String literal) {
    return switch (flavour) {
      case HONE -> "@" + imported("dev.hone.signature.Desc") + "(" + literal + ") ";
      case LANGCHAIN4J ->
          "@"
              + imported("dev.langchain4j.model.output.structured.Description")
              + "("
              + literal
              + ") ";
      case PLAIN -> "";
    };
  }

  private String limits(Constraints limits) {
    List<String> parts = new ArrayList<>();
    if (Double.isFinite(limits.min())) {
      parts.add("min = " + Constraints.plain(limits.min()));
    }
    if (Double.isFinite(limits.max())) {
      parts.add("max = " + Constraints.plain(limits.max()));
    }
    if (limits.minSize() > 0) {
      parts.add("minSize = " + limits.minSize());
    }
    if (limits.maxSize() < Integer.MAX_VALUE) {
      parts.add("maxSize = " + limits.maxSize());
    }
    return "@"
        + imported("dev.hone.signature.Limits")
        + parts.stream().collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * The Java type of a field.
   *
   * @param hint the field's name, after which its enum or record is named
   * @param boxed whether it stands where no primitive can
   */
  String type(FieldType type, String hint, boolean boxed) {
    if (type instanceof Choice choice) {
      return choice(choice, hint);
    } else if (type instanceof ObjectOf object) {
      return object(object, hint);
    } else if (type instanceof ListOf list) {
      return imported("java.util.List") + "<" + type(list.item(), hint, true) + ">";
    } else if (type instanceof SetOf set) {
      return imported("java.util.Set") + "<" + type(set.item(), hint, true) + ">";
    } else if (type instanceof MapOf map) {
      String key = type(map.key(), hint + "_key", true);
      return imported("java.util.Map") + "<" + key + ", " + type(map.value(), hint, true) + ">";
    } else if (type instanceof OptionalOf optional) {
      String inner = type(optional.type(), hint, true);
      return flavour == Flavour.HONE ? imported("java.util.Optional") + "<" + inner + ">" : inner;
    }
    return ScalarTypes.of(type, boxed, this, flavour);
  }

  private String choice(Choice choice, String hint) {
    if (!choice.names().stream().allMatch(SourceName::isIdentifier)) {
      if (flavour == Flavour.HONE) {
        throw InvalidInputException.of(
            "The values %s of \"%s\" cannot be constants of an enum"
                .formatted(choice.names(), hint),
            "use the values as they are with Compiled.loadDynamic");
      }
      return "String";
    }
    String known = named.get(choice);
    if (known == null) {
      known = free(SourceName.pascal(hint));
      named.put(choice, known);
      declarations.put(known, enumeration(known, choice));
    }
    return known;
  }

  private String enumeration(String name, Choice choice) {
    boolean described = choice.allowed().stream().anyMatch(a -> !a.description().isEmpty());
    String constants =
        choice.allowed().stream()
            .map(a -> (a.description().isEmpty() ? "" : describe(literal(a))) + a.name())
            .collect(Collectors.joining(described ? ",\n    " : ", "));
    String doc = "  /** The values of a choice. */\n";
    return doc
        + (described || constants.length() > 70
            ? "  public enum %s {\n    %s\n  }\n".formatted(name, constants)
            : "  public enum %s { %s }\n".formatted(name, constants));
  }

  private static String literal(Allowed allowed) {
    return JavaText.literal(allowed.description());
  }

  private String object(ObjectOf object, String hint) {
    String known = named.get(object);
    if (known == null) {
      String name = SourceName.pascal(object.name().isEmpty() ? hint : object.name());
      known = record(name, object.fields(), "A part of the program's values.");
      named.put(object, known);
    }
    return known;
  }

  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + i;
    }
    return name;
  }
}
