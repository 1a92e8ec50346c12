package dev.hone.project.metric;

import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The weighted mean of several metrics, which are the parts of its scores.
 *
 * @param parts the metrics with their weights, none of which is negative
 */
record WeightedMean(List<Part> parts) implements Metric<ObjectNode, ObjectNode> {
  record Part(Metric<ObjectNode, ObjectNode> metric, double weight) {}

  WeightedMean {
    parts = List.copyOf(parts);
  }

  @Override
  public Score score(Example<ObjectNode, ObjectNode> example, ObjectNode output, RunTrace run) {
    Map<String, Score> scores = new LinkedHashMap<>();
    double sum = 0;
    double weights = 0;
    for (Part part : parts) {
      Score score = part.metric().score(example, output, run);
      scores.put(part.metric().name(), score);
      sum += part.weight() * score.value();
      weights += part.weight();
    }
    return Score.mean(scores).withValue(sum / weights);
  }

  @Override
  public String name() {
    return parts.stream()
        .map(part -> plain(part.weight()) + " " + part.metric().name())
        .collect(Collectors.joining(", ", "mean of ", ""));
  }

  private static String plain(double weight) {
    return weight == Math.rint(weight) ? String.valueOf((long) weight) : String.valueOf(weight);
  }

  @Override
  public boolean needsLabel() {
    return parts.stream().anyMatch(part -> part.metric().needsLabel());
  }
}
