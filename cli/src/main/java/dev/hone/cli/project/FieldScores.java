package dev.hone.cli.project;

import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.ExampleResult;
import dev.hone.json.Json;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How right each output is, each in the way that fits its type, and what is most often taken for
 * what. Calls no model.
 *
 * @param field the output
 * @param score the mean over all rows, from 0 to 1; a row whose program failed counts 0
 * @param mistake what is most often taken for what; empty for free texts, or where all is right
 */
record FieldScores(String field, double score, Optional<Mistake> mistake) {
  /** What was expected, what was found instead, and how often. */
  record Mistake(String expected, String found, int count) {}

  static List<FieldScores> of(
      Signature<ObjectNode, ObjectNode> signature, Evaluation<ObjectNode, ObjectNode> evaluation) {
    List<ExampleResult<ObjectNode, ObjectNode>> rows =
        evaluation.results().stream().filter(row -> row.example().hasLabel()).toList();
    List<FieldScores> scores = new ArrayList<>();
    for (Field field : rows.isEmpty() ? List.<Field>of() : signature.outputFields()) {
      scores.add(of(signature, field, rows));
    }
    return scores;
  }

  private static FieldScores of(
      Signature<ObjectNode, ObjectNode> signature,
      Field field,
      List<ExampleResult<ObjectNode, ObjectNode>> rows) {
    Metric<ObjectNode, ObjectNode> metric = Metric.byField(signature);
    double sum = 0;
    Map<List<String>, Integer> mistakes = new LinkedHashMap<>();
    for (ExampleResult<ObjectNode, ObjectNode> row : rows) {
      if (row.output().isEmpty()) {
        continue;
      }
      sum += score(metric, field, row.example(), row.output().get());
      String expected = text(row.example().expectedJson().path(field.name()));
      String found = text(row.output().get().path(field.name()));
      if (!expected.equals(found)) {
        mistakes.merge(List.of(expected, found), 1, Integer::sum);
      }
    }
    boolean free = field.type().withoutOptional() instanceof FieldType.Text;
    Optional<Mistake> most =
        mistakes.entrySet().stream()
            .filter(entry -> !free)
            .max(Map.Entry.comparingByValue())
            .map(e -> new Mistake(e.getKey().get(0), e.getKey().get(1), e.getValue()));
    return new FieldScores(field.name(), sum / rows.size(), most);
  }

  private static double score(
      Metric<ObjectNode, ObjectNode> metric,
      Field field,
      Example<ObjectNode, ObjectNode> example,
      ObjectNode output) {
    RunTrace none = RunTrace.of(RunTrace.Purpose.EVALUATE, List.of());
    return metric.score(example, output, none).parts().getOrDefault(field.name(), 0.0);
  }

  static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "nothing";
    } else if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(text(item)));
      return items.isEmpty() ? "none" : String.join("+", items);
    }
    return value.isString() ? value.stringValue() : Json.write(value);
  }
}
