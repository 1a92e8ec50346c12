package dev.hone.benchmarks.ablation;

import dev.hone.benchmarks.small.RecordedLandscape;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.examples.BuiltInTask;
import dev.hone.json.Json;
import dev.hone.local.MiniLmEmbedder;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.mipro.CandidateSpace;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
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
 * the embedded model some 100,000 times. Distances of candidates are by its sentence embeddings.
 */
public final class OutcomeRecorder {
  private static final double ROUNDING = 1e4;
  private static final Embedder EMBEDDER = new MiniLmEmbedder();

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
    line.set("distances", distances(recorded.candidates()));
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

  /** A table for each dimension, in the order of the search space. */
  private static ArrayNode distances(CandidateSpace space) {
    ArrayNode distances = Json.array();
    for (String predictor : space.instructions().keySet()) {
      List<List<String>> instructions = new ArrayList<>();
      space
          .instructions()
          .getOrDefault(predictor, List.of())
          .forEach(each -> instructions.add(List.of(each.text())));
      distances.add(distances(instructions));
      List<List<String>> demos = new ArrayList<>();
      space.demoSets().getOrDefault(predictor, List.of()).forEach(set -> demos.add(texts(set)));
      distances.add(distances(demos));
    }
    return distances;
  }

  private static List<String> texts(DemoCandidate set) {
    return set.demos().stream()
        .map(demo -> Json.write(demo.inputs()) + " " + Json.write(demo.outputs()))
        .toList();
  }

  /** Distances of candidates that are lists of texts, by the means of their embeddings. */
  private static ArrayNode distances(List<List<String>> candidates) {
    List<Embedding> means = candidates.stream().map(OutcomeRecorder::mean).toList();
    ArrayNode table = Json.array();
    for (int first = 0; first < means.size(); first++) {
      ArrayNode row = table.addArray();
      for (int second = 0; second < means.size(); second++) {
        row.add(first == second ? 0 : rounded(1 - means.get(first).cosine(means.get(second))));
      }
    }
    return table;
  }

  private static Embedding mean(List<String> texts) {
    float[] sum = EMBEDDER.embed("").toArray();
    for (String text : texts) {
      float[] vector = EMBEDDER.embed(text).toArray();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    return Embedding.of(sum);
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
