package dev.hone.metric;

import dev.hone.InvalidInputException;
import dev.hone.data.Example;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mean of several metrics. */
record MeanMetric<I, O>(Map<String, Metric<I, O>> metrics) implements Metric<I, O> {
  static <I, O> MeanMetric<I, O> of(List<Metric<I, O>> metrics) {
    if (metrics.isEmpty()) {
      throw InvalidInputException.of("The mean of no metrics is undefined", "give at least one");
    }
    Map<String, Metric<I, O>> byName = new LinkedHashMap<>();
    for (Metric<I, O> metric : metrics) {
      String name = metric.name();
      for (int i = 2; byName.putIfAbsent(name, metric) != null; i++) {
        name = metric.name() + " " + i;
      }
    }
    return new MeanMetric<>(byName);
  }

  @Override
  public Score score(Example<I, O> example, O output, RunTrace run) {
    Map<String, Score> scores = new LinkedHashMap<>();
    metrics.forEach((name, metric) -> scores.put(name, metric.score(example, output, run)));
    return Score.mean(scores);
  }

  @Override
  public String name() {
    return "mean of " + String.join(", ", metrics.keySet());
  }

  @Override
  public boolean needsLabel() {
    return metrics.values().stream().anyMatch(Metric::needsLabel);
  }

  @Override
  public String toString() {
    return "Metric[" + name() + "]";
  }
}
