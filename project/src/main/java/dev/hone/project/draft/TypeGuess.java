package dev.hone.project.draft;

import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.data.format.CellFormat;
import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.TemporalKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Finds the narrowest type that fits all values of a column. */
final class TypeGuess {
  private static final int MOST_VALUES = 20;
  private static final int LONGEST_VALUE = 40;
  private static final Set<String> TRUTHS = Set.of("true", "false", "yes", "no");
  private static final FieldType TEXT = new FieldType.Text();
  private static final List<FieldType> SCALARS =
      List.of(
          new FieldType.Whole(64),
          new FieldType.Decimal(false),
          new FieldType.Temporal(TemporalKind.DATE),
          new FieldType.Temporal(TemporalKind.DATE_TIME));

  private final CellFormat format;

  TypeGuess(CellFormat format) {
    this.format = format;
  }

  /** Whether a type has a few values, or is a collection of such. */
  static boolean isOfFew(FieldType type) {
    if (type instanceof FieldType.ListOf list) {
      return isOfFew(list.item());
    } else if (type instanceof FieldType.SetOf set) {
      return isOfFew(set.item());
    }
    return type instanceof FieldType.Choice || type instanceof FieldType.Bool;
  }

  /** The type of some values, none of which is empty. */
  FieldType of(List<JsonNode> values, String name) {
    if (values.isEmpty()) {
      return TEXT;
    }
    List<JsonNode> parsed = values.stream().map(TypeGuess::parsed).toList();
    if (parsed.stream().allMatch(JsonNode::isArray)) {
      return collection(parsed, name);
    } else if (parsed.stream().allMatch(JsonNode::isObject)) {
      return object(parsed, name);
    } else if (values.stream().anyMatch(value -> value.isArray() || value.isObject())) {
      return new FieldType.Any();
    }
    return scalar(values);
  }

  /** A cell that is JSON as what it is. */
  private static JsonNode parsed(JsonNode value) {
    String text = value.isString() ? value.stringValue().strip() : "";
    if (!text.startsWith("[") && !text.startsWith("{")) {
      return value;
    }
    try {
      return Json.parse(text);
    } catch (JacksonException e) {
      return value;
    }
  }

  private FieldType scalar(List<JsonNode> values) {
    List<String> texts = values.stream().map(TypeGuess::text).toList();
    if (texts.stream().allMatch(text -> TRUTHS.contains(text.toLowerCase(Locale.ROOT)))) {
      return new FieldType.Bool();
    }
    for (FieldType type : SCALARS) {
      if (texts.stream().allMatch(text -> fits(type, text))) {
        return type;
      }
    }
    Map<String, Integer> counts = ColumnProfile.counts(texts);
    boolean few = counts.size() > 1 && counts.size() <= MOST_VALUES;
    boolean again = counts.size() * 3 <= texts.size();
    boolean brief = texts.stream().allMatch(text -> text.length() <= LONGEST_VALUE);
    return few && again && brief ? choice(counts) : TEXT;
  }

  private static FieldType choice(Map<String, Integer> counts) {
    return new FieldType.Choice(
        counts.keySet().stream().sorted().map(value -> new Allowed(value, "")).toList());
  }

  private boolean fits(FieldType type, String text) {
    try {
      String standard = format.standard(type, text);
      boolean codes = type instanceof FieldType.Whole && standard.matches("[+-]?0\\d+");
      boolean words = !standard.chars().anyMatch(Character::isDigit);
      if (codes || words) {
        return false;
      }
      Coercion.value(type, StringNode.valueOf(standard), "");
      return true;
    } catch (TypeMismatchException e) {
      return false;
    }
  }

  private FieldType collection(List<JsonNode> arrays, String name) {
    List<JsonNode> items = new ArrayList<>();
    arrays.forEach(array -> ((ArrayNode) array).forEach(items::add));
    boolean repeats =
        arrays.stream()
            .anyMatch(array -> ((ArrayNode) array).valueStream().distinct().count() < array.size());
    FieldType item = of(items, name);
    return isOfFew(item) && !repeats ? new FieldType.SetOf(item) : new FieldType.ListOf(item);
  }

  private FieldType object(List<JsonNode> objects, String name) {
    Map<String, List<JsonNode>> byKey = new LinkedHashMap<>();
    for (JsonNode object : objects) {
      ((ObjectNode) object)
          .properties()
          .forEach(
              entry ->
                  byKey
                      .computeIfAbsent(entry.getKey(), k -> new ArrayList<>())
                      .add(entry.getValue()));
    }
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, List<JsonNode>> entry : byKey.entrySet()) {
      List<JsonNode> there = entry.getValue().stream().filter(value -> !value.isNull()).toList();
      FieldType type = of(there, entry.getKey());
      boolean always = there.size() == objects.size();
      if (!entry.getKey().matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
        return new FieldType.Any();
      }
      fields.add(Field.of(entry.getKey(), always ? type : new FieldType.OptionalOf(type)));
    }
    return fields.isEmpty() ? new FieldType.Any() : new FieldType.ObjectOf(name, fields);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue().strip() : Json.write(value);
  }
}
