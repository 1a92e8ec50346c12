package dev.hone.data;

import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON lines: an object per line, whose keys are the fields of both sides. */
final class JsonlReader<I, O> {
  private static final int SHOWN_CHARS = 60;

  private final Source source;
  private final RowReader<I, O> rows;

  JsonlReader(Source source, Signature<I, O> signature, Columns columns) {
    this.source = source;
    this.rows = new RowReader<>(source.name(), signature, columns);
  }

  Dataset<I, O> read() {
    List<Example<I, O>> examples = new ArrayList<>();
    int number = 0;
    for (String line : source.text().split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        examples.add(rows.example(number, parse(number, line)));
      }
    }
    return rows.dataset(examples);
  }

  private ObjectNode parse(int number, String line) {
    JsonNode node;
    try {
      node = Json.parse(line);
    } catch (JacksonException e) {
      throw notJson(number, line, e);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw rows.fail(
        number,
        "",
        ("found %s, expected one JSON object with %s. Maybe write the file as JSON Lines, an"
                + " object per line.")
            .formatted(Excerpt.beginning(line.strip(), SHOWN_CHARS), rows.names()));
  }

  private DatasetFormatException notJson(int number, String line, JacksonException error) {
    int column = error.getLocation() == null ? 1 : error.getLocation().getColumnNr();
    boolean pretty = line.strip().equals("[") || line.strip().equals("{");
    return rows.fail(
        number,
        "",
        "column %d: not a JSON value: %s. Maybe %s."
            .formatted(
                column,
                Json.problem(error),
                pretty
                    ? "write the file as JSON Lines, an object per line"
                    : "a quote, comma or brace is missing, or the line was cut off"));
  }
}
