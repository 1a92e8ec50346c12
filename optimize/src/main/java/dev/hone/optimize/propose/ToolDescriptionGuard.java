package dev.hone.optimize.propose;

import dev.hone.json.Json;
import dev.hone.lm.ToolSpec;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.program.Predict;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Which proposed descriptions of tools may stand in prompts: not empty, not too long, and no quote
 * of a recorded run, which would show the answers of the examples that a candidate is then scored
 * on. A tool whose description is refused keeps the one that it has. Not thread-safe.
 */
final class ToolDescriptionGuard {
  /** The longest description that is taken. */
  static final int MOST_CHARACTERS = 1_000;

  private static final int QUOTED_WORDS = 6;
  private static final int TELLING_CHARACTERS = 10;

  private final Set<String> values = new LinkedHashSet<>();
  private final Map<String, Integer> refused = new LinkedHashMap<>();

  /** A guard against quotes of these runs. */
  ToolDescriptionGuard(List<SuccessfulTrace> runs) {
    runs.forEach(
        run ->
            run.steps()
                .forEach(
                    step -> {
                      collect(step.inputs());
                      collect(step.outputs());
                    }));
  }

  /** Errors of tools are no answers, and what a description may tell of. */
  private void collect(JsonNode node) {
    if (node.path("error").asBoolean(false)) {
      return;
    }
    if (node.isString()) {
      values.add(normal(node.stringValue()));
    }
    node.forEach(this::collect);
  }

  private static String normal(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  /** What a predictor's tools are described by, before anything is learnt in this run. */
  static Map<String, String> given(Predict<?, ?> predict) {
    Map<String, String> given = new TreeMap<>();
    predict.tools().forEach(tool -> given.put(tool.name(), described(predict, tool)));
    return given;
  }

  private static String described(Predict<?, ?> predict, ToolSpec tool) {
    return predict.state().toolDescriptions().getOrDefault(tool.name(), tool.description());
  }

  /** The proposed descriptions that may be taken and are not the given ones. */
  Map<String, String> accepted(String predictor, Predict<?, ?> predict, Map<String, String> said) {
    Map<String, String> given = given(predict);
    String known = known(predict, given);
    Map<String, String> accepted = new TreeMap<>();
    given.forEach(
        (tool, own) -> {
          String text = said.getOrDefault(tool, "").strip();
          if (text.isEmpty() || text.equals(own)) {
            return;
          }
          if (text.length() > MOST_CHARACTERS || quotes(normal(text), known)) {
            refused.merge(predictor, 1, Integer::sum);
          } else {
            accepted.put(tool, text);
          }
        });
    return accepted;
  }

  /** What every prompt of a predictor says anyway. */
  private static String known(Predict<?, ?> predict, Map<String, String> given) {
    return normal(
        predict.state().instructions()
            + " "
            + String.join(" ", given.values())
            + " "
            + predict.tools().stream()
                .map(tool -> tool.name() + " " + Json.write(tool.parameters()))
                .collect(Collectors.joining(" ")));
  }

  private boolean quotes(String text, String known) {
    for (String value : values) {
      boolean telling = value.length() >= TELLING_CHARACTERS && value.contains(" ");
      if (telling && holds(text, value) && !holds(known, value)) {
        return true;
      }
    }
    return runsOfWords(text).stream()
        .anyMatch(words -> !holds(known, words) && values.stream().anyMatch(v -> holds(v, words)));
  }

  private static boolean holds(String text, String words) {
    return (" " + text + " ").contains(" " + words + " ");
  }

  private static List<String> runsOfWords(String text) {
    List<String> words = Arrays.asList(text.split(" "));
    List<String> runs = new ArrayList<>();
    for (int i = 0; i + QUOTED_WORDS <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + QUOTED_WORDS)));
    }
    return runs;
  }

  /** What was refused, in sentences. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    refused.forEach(
        (predictor, count) ->
            notes.add(
                "%s for %s %s too long or quoted a recorded run, and %s not taken"
                    .formatted(
                        Plural.of(count, "proposed tool description"),
                        predictor,
                        count == 1 ? "was" : "were",
                        count == 1 ? "was" : "were")));
    return notes;
  }
}
