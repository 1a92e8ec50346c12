package dev.hone.project.field;

import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import dev.hone.project.yaml.YamlNodes;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads fields: {@code name: description}, or {@code name: {type: ..., describe: ...}}. */
public final class FieldReader {
  /** The keys of a field. */
  public static final List<String> KEYS =
      List.of(
          "describe",
          "type",
          "one of",
          "list of",
          "set of",
          "map of",
          "fields",
          "optional",
          "column",
          "examples",
          "min",
          "max",
          "min size",
          "max size");

  private static final List<String> TYPE_KEYS =
      List.of("type", "one of", "list of", "set of", "map of", "fields");
  private static final List<String> ITEM_KEYS =
      List.of("describe", "type", "one of", "list of", "set of", "map of", "fields", "optional");
  private static final FieldType TEXT = new FieldType.Text();

  private final Problems problems;

  /** A reader that adds what is wrong to some problems. */
  public FieldReader(Problems problems) {
    this.problems = problems;
  }

  /** The fields of a map; a list of names is one of texts without descriptions. */
  public List<ProjectField> fields(YamlNode node, String path) {
    List<ProjectField> fields = new ArrayList<>();
    if (node.isList()) {
      for (YamlNode item : node.items()) {
        YamlMap.text(item, path, problems)
            .flatMap(name -> field(name, item, YamlNodes.nothingAt(item), path + "." + name))
            .ifPresent(fields::add);
      }
    } else if (node.isMap()) {
      for (YamlNode.Entry entry : node.entries()) {
        YamlNode at = YamlNodes.at(entry);
        field(entry.key(), at, entry.value(), path + "." + entry.key()).ifPresent(fields::add);
      }
    } else {
      problems.add(node, path, "names with descriptions", "write them as { text: what it is }");
    }
    if (fields.isEmpty() && (node.isMap() || node.isList()) && problems.isEmpty()) {
      problems.add(node, path, "no field", "at least one", "write them as { text: what it is }");
    }
    return fields;
  }

  private Optional<ProjectField> field(String name, YamlNode at, YamlNode value, String path) {
    if (value.isNothing()) {
      return named(at, path, () -> new ProjectField(Field.of(name, TEXT), name));
    }
    if (value.isScalar()) {
      return named(
          at,
          path,
          () -> new ProjectField(Field.of(name, TEXT).withDescription(value.text()), name));
    }
    if (value.isList()) {
      problems.add(
          value, path, "a description, or keys such as describe and one of", "write one of: [...]");
      return Optional.empty();
    }
    YamlMap map = YamlMap.of(value, path, problems, KEYS);
    FieldType type = type(map);
    Constraints constraints = constraints(map);
    String description = description(map);
    String column = map.text("column").orElse(name);
    return named(
        at, path, () -> new ProjectField(new Field(name, type, description, constraints), column));
  }

  private Optional<ProjectField> named(
      YamlNode at, String path, java.util.function.Supplier<ProjectField> make) {
    return Optional.ofNullable(problems.made(at, path, make));
  }

  private static String description(YamlMap map) {
    String described = map.text("describe").orElse("");
    List<String> examples = map.texts("examples");
    if (examples.isEmpty()) {
      return described;
    }
    String shown =
        examples.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    return (described.isEmpty() ? "" : described + "; ") + "for example " + shown;
  }

  private FieldType type(YamlMap map) {
    FieldType bare = bareType(map);
    boolean optional = map.truth("optional").orElse(false);
    return optional && !(bare instanceof FieldType.OptionalOf)
        ? new FieldType.OptionalOf(bare)
        : bare;
  }

  private FieldType bareType(YamlMap map) {
    List<String> said = TYPE_KEYS.stream().filter(map::has).toList();
    if (said.size() > 1) {
      problems.add(
          map.node(),
          map.path(),
          "the keys " + String.join(" and ", said),
          "one of them",
          "keep " + said.get(said.size() - 1));
    }
    if (said.isEmpty()) {
      return TEXT;
    }
    String key = said.get(0);
    Optional<YamlNode> value = map.get(key);
    if (value.isEmpty()) {
      map.problem(key, key.equals("one of") ? "a list of values" : "a type", example(key));
      return TEXT;
    }
    return typeOf(key, value.get(), map.path(key));
  }

  private static String example(String key) {
    return key.equals("one of") ? "write one of: [LOW, HIGH]" : "write " + key + ": text";
  }

  private FieldType typeOf(String key, YamlNode value, String path) {
    return switch (key) {
      case "one of" -> choice(value, path);
      case "list of" -> new FieldType.ListOf(item(value, path));
      case "set of" -> new FieldType.SetOf(item(value, path));
      case "map of" -> new FieldType.MapOf(TEXT, item(value, path));
      case "fields" -> object(value, path);
      default -> word(value, path);
    };
  }

  private FieldType object(YamlNode value, String path) {
    List<Field> parts = fields(value, path).stream().map(ProjectField::field).toList();
    String field = path.replaceFirst("(\\.(fields|list of|set of|map of))+$", "");
    String name = field.substring(field.lastIndexOf('.') + 1);
    return new FieldType.ObjectOf(name, parts);
  }

  private FieldType item(YamlNode value, String path) {
    if (value.isMap()) {
      return type(YamlMap.of(value, path, problems, ITEM_KEYS));
    }
    return word(value, path);
  }

  private FieldType word(YamlNode value, String path) {
    Optional<String> text = YamlMap.text(value, path, problems);
    if (text.isEmpty()) {
      return TEXT;
    }
    Optional<FieldType> type = TypeWords.type(text.get());
    if (type.isEmpty()) {
      problems.addUnknown(value, path, text.get(), TypeWords.words());
    }
    return type.orElse(TEXT);
  }

  private FieldType choice(YamlNode value, String path) {
    List<Allowed> allowed = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    if (value.isMap()) {
      value
          .entries()
          .forEach(entry -> allowed.add(new Allowed(entry.key(), entry.value().text().strip())));
    } else if (value.isList()) {
      for (YamlNode item : value.items()) {
        YamlMap.text(item, path, problems)
            .ifPresent(
                text -> {
                  if (seen.add(text)) {
                    allowed.add(new Allowed(text, ""));
                  } else {
                    problems.add(
                        item, path, "\"" + text + "\" twice", "each value once", "remove one");
                  }
                });
      }
    } else {
      problems.add(value, path, "a list of values", "write [LOW, HIGH]");
      return TEXT;
    }
    if (allowed.isEmpty()) {
      problems.add(value, path, "no value", "at least one", "write [LOW, HIGH]");
      return TEXT;
    }
    return Objects.requireNonNullElse(
        problems.made(value, path, () -> new FieldType.Choice(allowed)), TEXT);
  }

  private Constraints constraints(YamlMap map) {
    double min = map.number("min").orElse(Double.NEGATIVE_INFINITY);
    double max = map.number("max").orElse(Double.POSITIVE_INFINITY);
    OptionalInt minSize = map.count("min size", 0);
    OptionalInt maxSize = map.count("max size", 0);
    return Objects.requireNonNullElse(
        problems.made(
            map.node(),
            map.path(),
            () -> new Constraints(min, max, minSize.orElse(0), maxSize.orElse(Integer.MAX_VALUE))),
        Constraints.NONE);
  }
}
