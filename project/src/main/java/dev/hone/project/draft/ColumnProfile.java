package dev.hone.project.draft;

import dev.hone.data.format.CellFormat;
import dev.hone.project.data.RowTable;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * What is in a column.
 *
 * @param name its name in the file
 * @param rows the number of rows
 * @param empty the number of rows without a value
 * @param counts how often each value occurs, by its text, the most frequent first
 * @param type the type that fits all values
 * @param shortest the fewest characters of a value
 * @param longest the most
 */
public record ColumnProfile(
    String name,
    int rows,
    int empty,
    Map<String, Integer> counts,
    FieldType type,
    int shortest,
    int longest) {
  private static final int SHOWN_VALUES = 4;

  /** Copies the map, in order. */
  public ColumnProfile {
    counts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /** The profile of a column. */
  static ColumnProfile of(RowTable table, String column, CellFormat format) {
    List<JsonNode> values =
        table.rows().stream()
            .map(row -> row.values().path(column))
            .map(value -> value.isMissingNode() ? NullNode.getInstance() : value)
            .toList();
    List<String> filled =
        table.rows().stream()
            .map(row -> row.text(column).strip())
            .filter(text -> !text.isEmpty())
            .toList();
    List<JsonNode> there = values.stream().filter(value -> !isEmpty(value)).toList();
    return new ColumnProfile(
        column,
        table.rows().size(),
        table.rows().size() - filled.size(),
        counts(filled),
        new TypeGuess(format).of(there, column),
        filled.stream().mapToInt(String::length).min().orElse(0),
        filled.stream().mapToInt(String::length).max().orElse(0));
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || (value.isString() && value.stringValue().isBlank());
  }

  static Map<String, Integer> counts(List<String> values) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /** The number of rows that have a value. */
  public int filled() {
    return rows - empty;
  }

  /** Whether no two rows have the same value. */
  public boolean isDistinct() {
    return filled() > 1 && counts.size() == filled();
  }

  /** Whether all rows have the same value. */
  public boolean isConstant() {
    return counts.size() == 1 && rows > 1;
  }

  /** Whether it names rows: distinct numbers or short codes without spaces. */
  public boolean isId() {
    boolean named =
        name.toLowerCase(java.util.Locale.ROOT)
            .matches("(.*[ _-])?(id|uuid|guid|nr|no|key|index)|#|_id");
    boolean code =
        longest <= 40 && counts.keySet().stream().noneMatch(value -> value.contains(" "));
    boolean numbered = counts.keySet().stream().allMatch(value -> value.matches(".*\\d.*"));
    return isDistinct() && code && (named || numbered && (isText() || isWhole()));
  }

  private boolean isWhole() {
    return type instanceof FieldType.Whole;
  }

  /** Whether it has a few values that come again and again. */
  public boolean isLabel() {
    return TypeGuess.isOfFew(type);
  }

  /** Whether each row has one of a few values. */
  public boolean isOfOneValue() {
    return type instanceof FieldType.Choice || type instanceof FieldType.Bool;
  }

  /** Whether it is text that people wrote. */
  public boolean isText() {
    return type instanceof FieldType.Text;
  }

  /** What it looks like, in words. */
  public String looksLike() {
    if (counts.isEmpty()) {
      return "empty";
    }
    if (isConstant()) {
      return "always " + counts.keySet().iterator().next();
    }
    if (isId()) {
      return "%d distinct %s".formatted(counts.size(), isWhole() ? "numbers" : "codes");
    }
    if (type instanceof FieldType.Choice choice) {
      return values(choice.names());
    }
    if (isText()) {
      return "text, %d to %d characters".formatted(shortest, longest);
    }
    if (type instanceof FieldType.SetOf set && set.item() instanceof FieldType.Choice choice) {
      return "set of " + items(choice);
    } else if (type instanceof FieldType.ListOf list
        && list.item() instanceof FieldType.Choice choice) {
      return "list of " + items(choice);
    } else if (type instanceof FieldType.ObjectOf object) {
      return "object of " + String.join(", ", object.fields().stream().map(Field::name).toList());
    }
    return type.label();
  }

  private static String items(FieldType.Choice choice) {
    String shown = String.join(", ", choice.names().stream().limit(SHOWN_VALUES).toList());
    return choice.names().size() > SHOWN_VALUES ? shown + ", ..." : shown;
  }

  private String values(List<String> names) {
    String shown =
        counts.entrySet().stream()
            .limit(SHOWN_VALUES)
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return names.size() > SHOWN_VALUES ? shown + ", ..." : shown;
  }
}
