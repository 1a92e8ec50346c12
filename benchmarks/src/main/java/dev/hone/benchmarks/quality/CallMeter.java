package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evaluates on a surface and counts. */
final class CallMeter {
  private final Surface surface;
  private final Map<Configuration, BitSet> seen = new HashMap<>();
  private int calls;
  private int paid;

  CallMeter(Surface surface) {
    this.surface = surface;
  }

  Surface surface() {
    return surface;
  }

  /** The outcomes of a configuration, in the order of the examples. */
  double[] evaluate(Configuration configuration, List<Integer> examples) {
    BitSet before = seen.computeIfAbsent(configuration, added -> new BitSet());
    double[] scores = new double[examples.size()];
    for (int i = 0; i < scores.length; i++) {
      int example = examples.get(i);
      paid++;
      if (!before.get(example)) {
        before.set(example);
        calls++;
      }
      scores[i] = surface.outcome(configuration, example);
    }
    return scores;
  }

  double mean(Configuration configuration, List<Integer> examples) {
    double sum = 0;
    for (double score : evaluate(configuration, examples)) {
      sum += score;
    }
    return sum / examples.size();
  }

  /** Distinct pairs of configuration and example so far. */
  int calls() {
    return calls;
  }

  /** All evaluations so far, repeats included. */
  int paid() {
    return paid;
  }
}
