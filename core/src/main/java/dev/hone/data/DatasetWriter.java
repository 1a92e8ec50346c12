package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.text.CsvText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes examples as rows: the fields of the input, those of the label, then the extras. An extra
 * with the name of a field is written under that name and {@code _extra}.
 */
final class DatasetWriter {
  private static final String EXTRA = "_extra";

  private final List<ObjectNode> rows = new ArrayList<>();
  private final Set<String> fields = new LinkedHashSet<>();
  private final Set<String> columns = new LinkedHashSet<>();

  DatasetWriter(Dataset<?, ?> dataset) {
    Set<String> outputs = new LinkedHashSet<>();
    for (Example<?, ?> example : dataset) {
      ObjectNode row = example.inputJson();
      fields.addAll(row.propertyNames());
      if (example.hasLabel()) {
        ObjectNode label = example.expectedJson();
        outputs.addAll(label.propertyNames());
        row.setAll(label);
      }
      rows.add(row);
    }
    requireApart(outputs);
    fields.addAll(outputs);
    columns.addAll(fields);
    int index = 0;
    for (Example<?, ?> example : dataset) {
      addExtras(rows.get(index++), example.extras());
    }
  }

  void writeJsonl(Path file) {
    write(new WholeFile(file, "train.jsonl"), toJsonl());
  }

  void writeCsv(Path file) {
    write(new WholeFile(file, "train.csv"), toCsv());
  }

  private static void write(WholeFile file, String text) {
    try {
      file.write(text);
    } catch (UnwritableFileException e) {
      throw new InvalidInputException(
          "The dataset cannot be written to %s: %s. Maybe %s."
              .formatted(file.file(), e.problem(), e.fix()),
          e);
    }
  }

  private void requireApart(Set<String> outputs) {
    outputs.stream()
        .filter(fields::contains)
        .findFirst()
        .ifPresent(
            name -> {
              throw InvalidInputException.of(
                  "The field \"%s\" is in the inputs and in the labels".formatted(name),
                  "rename one, as a file has one column of a name");
            });
  }

  private void addExtras(ObjectNode row, Map<String, JsonNode> extras) {
    Map<String, JsonNode> renamed = new LinkedHashMap<>();
    extras.forEach(
        (name, value) -> {
          String column = name;
          while (fields.contains(column) || (!column.equals(name) && extras.containsKey(column))) {
            column += EXTRA;
          }
          renamed.put(column, value);
        });
    columns.addAll(renamed.keySet());
    row.setAll(renamed);
  }

  private String toJsonl() {
    return rows.stream().map(row -> Json.write(row) + "\n").collect(Collectors.joining());
  }

  private String toCsv() {
    StringBuilder text = new StringBuilder(CsvText.line(List.copyOf(columns)));
    for (ObjectNode row : rows) {
      text.append(CsvText.line(columns.stream().map(column -> cell(row.get(column))).toList()));
    }
    return text.toString();
  }

  private static String cell(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "";
    }
    return value.isString() ? value.stringValue() : Json.write(value);
  }
}
