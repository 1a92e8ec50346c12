package dev.hone.optimize.task;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Inputs that a trainset has with different labels: no program can be right on all of them. */
public final class ConflictingLabels {
  private static final int QUOTED = 120;

  private ConflictingLabels() {}

  /** The note on them, with their number and the first one; none if there are none. */
  public static List<String> note(Dataset<?, ?> trainset) {
    Map<String, Set<String>> labelsByInput = new LinkedHashMap<>();
    for (Example<?, ?> example : trainset.examples()) {
      if (example.hasLabel()) {
        labelsByInput
            .computeIfAbsent(Json.canonical(example.inputJson()), input -> new LinkedHashSet<>())
            .add(Json.canonical(example.expectedJson()));
      }
    }
    labelsByInput.values().removeIf(labels -> labels.size() < 2);
    return labelsByInput.entrySet().stream()
        .limit(1)
        .map(first -> sentence(labelsByInput.size(), first.getKey(), List.copyOf(first.getValue())))
        .toList();
  }

  private static String sentence(int conflicts, String input, List<String> labels) {
    return "%s of the trainset %s different labels, so no program can be right on all of it. The first: %s is labelled %s and %s. Maybe decide on one."
        .formatted(
            Plural.of(conflicts, "input"),
            conflicts == 1 ? "has" : "have",
            Excerpt.ofLine(input, QUOTED),
            Excerpt.ofLine(labels.get(0), QUOTED),
            Excerpt.ofLine(labels.get(1), QUOTED));
  }
}
