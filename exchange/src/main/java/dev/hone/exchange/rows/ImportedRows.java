package dev.hone.exchange.rows;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows that were read from another tool's files, and what they are for.
 *
 * @param task what the model is to do, as the other tool's prompt says it; empty if it says nothing
 * @param inputs the names of the columns that are given, in order
 * @param outputs the names of the columns that are expected, in order
 * @param rows an object each; one may lack columns
 * @param notes what was left out or guessed, in sentences
 */
public record ImportedRows(
    String task,
    List<String> inputs,
    List<String> outputs,
    List<ObjectNode> rows,
    List<String> notes) {
  private static final int MOST_VALUES = 20;

  /** Copies the lists. */
  public ImportedRows {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /**
   * The same, checked.
   *
   * @throws InvalidInputException if there are no rows, no inputs or no expected values
   */
  ImportedRows requireUse(String source) {
    if (rows.isEmpty() || inputs.isEmpty() || outputs.isEmpty()) {
      String what = rows.isEmpty() ? "rows" : inputs.isEmpty() ? "inputs" : "expected answers";
      throw InvalidInputException.of(
          "%s has no %s%s"
              .formatted(
                  source, what, notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")"),
          "look at docs/guides/exchange.md for what is read");
    }
    return this;
  }

  /** The rows as JSONL: an object on each line. */
  public String toJsonl() {
    return rows.stream().map(row -> Json.write(row) + "\n").collect(Collectors.joining());
  }

  /** The input fields, of the types that the values show. */
  public List<Field> inputFields() {
    return inputs.stream().map(name -> Field.of(name, ColumnTypes.of(values(name)))).toList();
  }

  /**
   * The output fields, of the types that the values show: a few texts that come again are a choice.
   */
  public List<Field> outputFields() {
    return outputs.stream().map(name -> Field.of(name, outputType(values(name)))).toList();
  }

  private FieldType outputType(List<JsonNode> values) {
    FieldType type = ColumnTypes.of(values);
    Set<String> distinct = new LinkedHashSet<>();
    values.forEach(value -> distinct.add(value.asString("")));
    boolean choice =
        type instanceof FieldType.Text
            && distinct.size() > 1
            && distinct.size() <= MOST_VALUES
            && distinct.size() * 2 <= values.size()
            && distinct.stream().noneMatch(text -> text.isBlank() || text.length() > 60);
    return choice
        ? new FieldType.Choice(distinct.stream().sorted().map(v -> new Allowed(v, "")).toList())
        : type;
  }

  private List<JsonNode> values(String column) {
    List<JsonNode> values = new ArrayList<>();
    for (ObjectNode row : rows) {
      JsonNode value = row.get(column);
      if (value != null && !value.isNull()) {
        values.add(value);
      }
    }
    return values;
  }
}
