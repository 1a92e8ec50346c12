package dev.hone.metric;

import dev.hone.data.Example;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares each field of the output with that of the label, in the way that fits its type. */
record FieldsMetric<I, O>(Map<String, ValueComparison> comparisons) implements Metric<I, O> {
  static <I, O> FieldsMetric<I, O> of(List<Field> fields) {
    Map<String, ValueComparison> comparisons = new LinkedHashMap<>();
    fields.forEach(field -> comparisons.put(field.name(), comparison(field.type())));
    return new FieldsMetric<>(comparisons);
  }

  private static ValueComparison comparison(FieldType type) {
    if (type instanceof FieldType.OptionalOf optional) {
      return comparison(optional.type());
    }
    if (type instanceof FieldType.ListOf || type instanceof FieldType.SetOf) {
      return ValueComparison.JACCARD;
    }
    return type instanceof FieldType.Text ? ValueComparison.F1 : ValueComparison.EXACT;
  }

  @Override
  public Score score(Example<I, O> example, O output, RunTrace run) {
    ObjectNode expected = FieldMetric.fields(example.expected());
    ObjectNode actual = FieldMetric.fields(output);
    Map<String, Score> scores = new LinkedHashMap<>();
    comparisons.forEach(
        (field, comparison) -> {
          Score score = comparison.compare(value(expected, field), value(actual, field));
          scores.put(
              field,
              score.feedback().isEmpty()
                  ? score
                  : score.withFeedback(field + ": " + score.feedback()));
        });
    return Score.mean(scores);
  }

  private static JsonNode value(ObjectNode node, String field) {
    JsonNode value = node.get(field);
    return value == null ? NullNode.getInstance() : value;
  }

  @Override
  public String name() {
    return comparisons.keySet().stream().collect(Collectors.joining(", ", "mean of ", ""));
  }

  @Override
  public boolean needsLabel() {
    return true;
  }
}
