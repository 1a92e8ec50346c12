package dev.hone.metric;

import dev.hone.InvalidInputException;
import dev.hone.data.Example;
import java.util.List;
import java.util.stream.Collectors;

/** The mean of several metrics. */
record MeanMetric<I, O>(List<Metric<I, O>> metrics) implements Metric<I, O> {
  MeanMetric {
    if (metrics.isEmpty()) {
      throw InvalidInputException.of("The mean of no metrics is undefined", "give at least one");
    }
  }

  @Override
  public Score score(Example<I, O> example, O actual, MetricContext context) {
    List<Score> scores =
        metrics.stream().map(metric -> metric.score(example, actual, context)).toList();
    String feedback =
        scores.stream()
            .map(Score::feedback)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n"));
    return new Score(scores.stream().mapToDouble(Score::value).average().orElseThrow(), feedback);
  }
}
