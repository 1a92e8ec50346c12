package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  static <E extends Example<?, ?>> List<E> overlap(List<E> examples, List<E> others) {
    Set<String> inputs = others.stream().map(DatasetChecks::inputId).collect(Collectors.toSet());
    return examples.stream().filter(example -> inputs.contains(inputId(example))).toList();
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
