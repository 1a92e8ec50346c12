package dev.hone.benchmarks.ablation;

import dev.hone.benchmarks.small.RecordedLandscape;
import dev.hone.examples.BuiltInTask;
import dev.hone.json.Json;
import dev.hone.optimize.mipro.CandidateSpace;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.prompt.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records what every configuration of the embedded model's search spaces scores, as {@link
 * RecordedLandscape} reads it: four spaces of preset MEDIUM for each of the two demo tasks. Calls
 * the embedded model some 100,000 times.
 */
public final class OutcomeRecorder {
  private static final double ROUNDING = 1e4;

  private OutcomeRecorder() {}

  /**
   * Records and writes.
   *
   * @param arguments the file to write, JSON lines
   */
  public static void main(String[] arguments) throws IOException {
    List<String> lines = new ArrayList<>();
    for (BuiltInTask<ObjectNode, ObjectNode> task : Ablation.tasks()) {
      for (long seed = 1; seed <= RecordedBenchmark.SPACES; seed++) {
        RecordedOutcomes outcomes = RecordedOutcomes.of(task, RecordedBenchmark.optimizer(seed));
        lines.add(Json.write(line(task.name(), seed, outcomes)));
      }
    }
    Files.write(Path.of(arguments[0]), lines);
  }

  private static ObjectNode line(String task, long seed, RecordedOutcomes recorded) {
    ObjectNode line =
        Json.object()
            .put("family", "recorded EMBEDDED")
            .put("task", task)
            .put("demoLimit", 16)
            .put("seed", seed);
    ArrayNode dimensions = line.putArray("dimensions");
    for (Dimension dimension : recorded.candidates().searchSpace().dimensions()) {
      dimensions
          .addObject()
          .put("predictor", dimension.predictor())
          .put("part", dimension.part().name())
          .put("choices", dimension.choices());
    }
    line.set("baseline", choices(recorded.candidates().baseline()));
    line.set("texts", texts(recorded.candidates()));
    ArrayNode configurations = line.putArray("configurations");
    recorded
        .outcomes()
        .forEach((each, scores) -> configurations.add(configuration(recorded, each, scores)));
    return line;
  }

  private static ArrayNode choices(Configuration configuration) {
    ArrayNode choices = Json.array();
    configuration.choices().forEach(choices::add);
    return choices;
  }

  private static ArrayNode texts(CandidateSpace space) {
    ArrayNode texts = Json.array();
    for (String predictor : space.instructions().keySet()) {
      ArrayNode instructions = texts.addArray();
      space
          .instructions()
          .getOrDefault(predictor, List.of())
          .forEach(i -> instructions.add(i.text()));
      ArrayNode demos = texts.addArray();
      space
          .demoSets()
          .getOrDefault(predictor, List.of())
          .forEach(set -> demos.add(text(set.demos())));
    }
    return texts;
  }

  private static String text(List<Demo> demos) {
    return String.join(
        "\n",
        demos.stream().map(d -> Json.write(d.inputs()) + " " + Json.write(d.outputs())).toList());
  }

  private static ObjectNode configuration(
      RecordedOutcomes recorded, Configuration configuration, List<OptionalDouble> scores) {
    ObjectNode node = Json.object();
    node.set("choices", choices(configuration));
    node.put("demos", demos(recorded.candidates(), configuration));
    node.put("tokens", rounded(recorded.tokens().getOrDefault(configuration, Double.NaN)));
    node.put("test", rounded(recorded.testScore(configuration)));
    ArrayNode validation = node.putArray("validation");
    scores.forEach(score -> validation.add(rounded(score.orElse(0))));
    return node;
  }

  private static int demos(CandidateSpace space, Configuration configuration) {
    return space.state(configuration).byPredictor().values().stream()
        .mapToInt(state -> state.demos().size())
        .sum();
  }

  private static double rounded(double value) {
    return Math.round(value * ROUNDING) / ROUNDING;
  }
}
