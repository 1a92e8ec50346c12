package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.data.summary.DatasetSummary;
import dev.hone.data.summary.SummaryRow;
import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/** What a dataset requires of its examples, with the message of each violation. */
final class DatasetChecks {
  private DatasetChecks() {}

  static void requireNoNull(List<?> examples) {
    if (examples == null) {
      throw InvalidInputException.of(
          "The examples of a dataset are null, expected a list", "pass List.of() for none");
    }
    int index = new ArrayList<>(examples).indexOf(null);
    if (index >= 0) {
      throw InvalidInputException.of(
          "Example %d of %d is null".formatted(index, examples.size()), "leave it out");
    }
  }

  static void requireRange(int from, int to) {
    if (from < 0 || to < from) {
      throw InvalidInputException.of(
          "The slice from %d to %d is not a range".formatted(from, to), "use slice(0, 10)");
    }
  }

  static <E extends Example<?, ?>> List<E> duplicates(List<E> examples) {
    Set<String> seen = new HashSet<>();
    return examples.stream().filter(example -> !seen.add(example.id())).toList();
  }

  /** Whether an example's input is none of those of others. */
  static Predicate<Example<?, ?>> isApartFrom(List<? extends Example<?, ?>> others) {
    Set<String> inputs = inputIds(others);
    return example -> !inputs.contains(inputId(example));
  }

  static DatasetSummary describe(List<? extends Example<?, ?>> examples) {
    return DatasetSummary.of(
        examples.stream().map(DatasetChecks::row).toList(),
        examples.stream().findFirst().map(e -> declared(e.input())).orElse(List.of()),
        examples.stream()
            .filter(Example::hasLabel)
            .findFirst()
            .map(example -> declared(example.expected()))
            .orElse(List.of()));
  }

  private static SummaryRow row(Example<?, ?> example) {
    return new SummaryRow(
        example.inputJson(), example.hasLabel() ? example.expectedJson() : null, example.extras());
  }

  /** The fields that a record declares; none for a JSON object. */
  private static List<Field> declared(Object value) {
    return value instanceof Record ? Codec.ofRecord(value.getClass()).fields() : List.of();
  }

  static <E extends Example<?, ?>> List<E> overlap(List<E> examples, List<E> others) {
    Set<String> inputs = inputIds(others);
    return examples.stream().filter(example -> inputs.contains(inputId(example))).toList();
  }

  private static Set<String> inputIds(List<? extends Example<?, ?>> examples) {
    return examples.stream().map(DatasetChecks::inputId).collect(Collectors.toSet());
  }

  static void requireNoOverlap(List<? extends Example<?, ?>> shared, int examples) {
    if (!shared.isEmpty()) {
      throw InvalidInputException.of(
          "%d of %s %s an input that the other dataset has too, the first is %s"
              .formatted(
                  shared.size(),
                  Plural.of(examples, "example"),
                  shared.size() == 1 ? "has" : "have",
                  Example.shortened(Json.write(shared.get(0).inputJson()))),
          "take them out with without(other)");
    }
  }

  static void requireLabels(List<? extends Example<?, ?>> examples, String who) {
    if (!examples.isEmpty() && examples.stream().noneMatch(Example::hasLabel)) {
      throw InvalidInputException.of(
          "%s needs labels, and none of %s has one"
              .formatted(who, Plural.of(examples.size(), "example")),
          "use examples with labels, or a metric and an optimizer that need none");
    }
  }

  static String fingerprint(List<? extends Example<?, ?>> examples) {
    ArrayNode ids = Json.array();
    examples.forEach(example -> ids.add(example.id()));
    return Json.fingerprint(ids);
  }

  static String inputId(Example<?, ?> example) {
    return Json.fingerprint(example.inputJson());
  }
}
