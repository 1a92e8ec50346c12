package dev.hone.optimize.mipro;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.stats.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The scores that configurations brought, by example. */
final class ScoreSheet {
  private final Map<Configuration, Map<Integer, Double>> scores = new LinkedHashMap<>();

  /** Whether no evaluation brought any score yet. */
  boolean isEmpty() {
    return scores.values().stream().allMatch(Map::isEmpty);
  }

  /** Takes the scores of an evaluation; of an example that has one already, the later counts. */
  void take(EvaluationScores told) {
    Map<Integer, Double> known =
        scores.computeIfAbsent(told.ask().configuration(), added -> new TreeMap<>());
    for (int i = 0; i < told.scores().size(); i++) {
      int example = told.ask().examples().get(i);
      told.scores().get(i).ifPresent(score -> known.put(example, score));
    }
  }

  /**
   * The score of a fully evaluated configuration, over all examples that the baseline has a score
   * on; over its own if there are none of those.
   */
  FullScore full(Configuration configuration, Configuration baseline) {
    Map<Integer, Double> own = scores.getOrDefault(configuration, Map.of());
    Set<Integer> counting = new TreeSet<>(own.keySet());
    counting.retainAll(scores.getOrDefault(baseline, Map.of()).keySet());
    double[] values =
        (counting.isEmpty() ? own.keySet() : counting).stream().mapToDouble(own::get).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    return new FullScore(configuration, mean, Interval.ofMean(values, 0.95), values.length);
  }
}
