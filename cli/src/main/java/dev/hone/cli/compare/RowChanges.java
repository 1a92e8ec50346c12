package dev.hone.cli.compare;

import dev.hone.cli.frame.TextLines;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows on which two programs score differently.
 *
 * @param better those on which the second one scores more
 * @param worse those on which it scores less
 */
record RowChanges(List<Row> better, List<Row> worse) {
  private static final int SHOWN = 5;
  private static final int MOST_NUMBERS = 10;
  private static final int WIDTH = 70;
  private static final int INPUT = 32;
  private static final int ANSWER = 18;

  /**
   * A row under both.
   *
   * @param number its place among the rows, counted from 1
   * @param example what it is
   * @param first what the first program made of it
   * @param second what the second one did
   */
  record Row(
      int number,
      Example<ObjectNode, ObjectNode> example,
      ExampleResult<ObjectNode, ObjectNode> first,
      ExampleResult<ObjectNode, ObjectNode> second) {
    private static String answer(ExampleResult<ObjectNode, ObjectNode> result) {
      return result.output().map(RowChanges::values).orElse("failed");
    }

    String line() {
      return "  %5d  %s  %s -> %s"
          .formatted(
              number,
              padded(TextLines.cutToColumns(values(example.inputJson()), INPUT)),
              TextLines.cutToColumns(answer(first), ANSWER),
              TextLines.cutToColumns(answer(second), ANSWER));
    }

    private static String padded(String text) {
      return text + " ".repeat(Math.max(0, INPUT - TextLines.columns(text)));
    }

    ObjectNode toJson() {
      ObjectNode json = Json.object().put("row", number);
      json.set("input", example.inputJson());
      json.set("expected", example.expectedJson());
      first.output().ifPresent(output -> json.set("first", output));
      second.output().ifPresent(output -> json.set("second", output));
      first.score().ifPresent(score -> json.put("firstScore", score));
      second.score().ifPresent(score -> json.put("secondScore", score));
      return json;
    }
  }

  static RowChanges between(
      Evaluation<ObjectNode, ObjectNode> first, Evaluation<ObjectNode, ObjectNode> second) {
    List<Row> better = new ArrayList<>();
    List<Row> worse = new ArrayList<>();
    for (int i = 0; i < first.results().size(); i++) {
      var one = first.results().get(i);
      var two = second.results().get(i);
      OptionalDouble before = one.score();
      OptionalDouble after = two.score();
      if (before.isPresent() && after.isPresent()) {
        int order = Double.compare(after.getAsDouble(), before.getAsDouble());
        if (order != 0) {
          (order > 0 ? better : worse).add(new Row(i + 1, one.example(), one, two));
        }
      }
    }
    return new RowChanges(better, worse);
  }

  /**
   * The numbers of some rows, in a line; test rows are not shown, for who reads them tunes on them.
   */
  static String numbers(List<Row> rows) {
    String first =
        rows.stream()
            .limit(MOST_NUMBERS)
            .map(row -> Integer.toString(row.number()))
            .collect(Collectors.joining(", "));
    return rows.size() <= MOST_NUMBERS ? first : first + ", …";
  }

  /** The first of some rows, a line each, below a heading; empty for none. */
  static List<String> lines(String heading, List<Row> rows) {
    List<String> lines = new ArrayList<>();
    if (!rows.isEmpty()) {
      lines.add("  " + TextLines.cut(heading, WIDTH));
      rows.stream().limit(SHOWN).map(Row::line).forEach(lines::add);
      if (rows.size() > SHOWN) {
        lines.add("         and %d more (all: --json)".formatted(rows.size() - SHOWN));
      }
    }
    return lines;
  }

  /**
   * The rows as JSON: all of each where they may be shown, else their numbers.
   *
   * @param shown whether they may be
   */
  static ArrayNode toJson(List<Row> rows, boolean shown) {
    ArrayNode array = Json.array();
    for (Row row : rows) {
      if (shown) {
        array.add(row.toJson());
      } else {
        array.add(row.number());
      }
    }
    return array;
  }

  /** The values of an object on one line. */
  private static String values(ObjectNode object) {
    List<String> values = new ArrayList<>();
    object.forEachEntry((name, value) -> values.add(text(value)));
    return String.join(", ", values);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : Json.write(value);
  }
}
