package dev.hone.metric;

import dev.hone.InvalidInputException;
import dev.hone.data.Example;
import dev.hone.signature.Codec;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares one value of the output with the same value of the label. */
record FieldMetric<I, O>(
    Function<? super O, ? extends @Nullable Object> getter, ValueComparison comparison)
    implements Metric<I, O> {

  static <I, O> Metric<I, O> of(
      Function<? super O, ? extends @Nullable Object> getter, ValueComparison comparison) {
    return new FieldMetric<>(getter, comparison);
  }

  static <I, O> Metric<I, O> of(String field, ValueComparison comparison) {
    Metric<I, O> metric = new FieldMetric<>(output -> value(output, field), comparison);
    return metric.named(field);
  }

  @Override
  public Score score(Example<I, O> example, O output, RunTrace run) {
    return comparison.compare(getter.apply(example.expected()), getter.apply(output));
  }

  @Override
  public String name() {
    return comparison.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public boolean needsLabel() {
    return true;
  }

  private static JsonNode value(Object output, String field) {
    ObjectNode fields = fields(output);
    JsonNode value = fields.get(field);
    if (value == null) {
      throw InvalidInputException.of(
          "The metric's field \"%s\" is not in the value, which has %s"
              .formatted(field, fields.propertyNames()),
          "use one of those names");
    }
    return value;
  }

  /** The fields of a record or a JSON object. */
  static ObjectNode fields(Object value) {
    return Codec.toJson(value).orElseThrow(() -> noFields(value));
  }

  private static InvalidInputException noFields(Object value) {
    return InvalidInputException.of(
        "A metric by field name was given a " + value.getClass().getName() + ", expected a record",
        "give it a getter instead of a name");
  }

  @Override
  public String toString() {
    return "Metric[" + name() + "]";
  }
}
