package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a player sees of a task: it evaluates, and counts distinct pairs of configuration and
 * example, their tokens, and all evaluations. True scores are out of a player's reach. Not
 * thread-safe.
 */
public final class CallMeter {
  private final Landscape landscape;
  private final Map<Configuration, BitSet> seen = new HashMap<>();
  private int calls;
  private int paid;
  private double tokens;

  /** A meter at zero. */
  public CallMeter(Landscape landscape) {
    this.landscape = landscape;
  }

  Landscape landscape() {
    return landscape;
  }

  /** The configurations. */
  public SearchSpace space() {
    return landscape.space();
  }

  /** The configuration that the program began with. */
  public Configuration baseline() {
    return landscape.baseline();
  }

  /** The indices of all validation examples, in order. */
  public List<Integer> examples() {
    return IntStream.range(0, landscape.exampleCount()).boxed().toList();
  }

  /** Prompt and completion tokens of one call. */
  public double tokens(Configuration configuration) {
    return landscape.tokens(configuration);
  }

  /** The demos that a prompt shows. */
  public int demos(Configuration configuration) {
    return landscape.demos(configuration);
  }

  /** How far two candidates of a dimension are apart, see {@link Landscape#distance}. */
  public double distance(int dimension, int first, int second) {
    return landscape.distance(dimension, first, second);
  }

  /** The tokens that evaluating would add. */
  public double cost(Configuration configuration, List<Integer> examples) {
    BitSet before = seen.getOrDefault(configuration, new BitSet());
    long added = examples.stream().filter(example -> !before.get(example)).count();
    return added * landscape.tokens(configuration);
  }

  /** The outcomes of a configuration, in the order of the examples. */
  public double[] evaluate(Configuration configuration, List<Integer> examples) {
    BitSet before = seen.computeIfAbsent(configuration, added -> new BitSet());
    double[] scores = new double[examples.size()];
    for (int i = 0; i < scores.length; i++) {
      int example = examples.get(i);
      paid++;
      if (!before.get(example)) {
        before.set(example);
        calls++;
        tokens += landscape.tokens(configuration);
      }
      scores[i] = landscape.outcome(configuration, example);
    }
    return scores;
  }

  /** The mean of the outcomes of a configuration. */
  public double mean(Configuration configuration, List<Integer> examples) {
    double sum = 0;
    for (double score : evaluate(configuration, examples)) {
      sum += score;
    }
    return sum / examples.size();
  }

  /** Distinct pairs of configuration and example so far. */
  public int calls() {
    return calls;
  }

  /** All evaluations so far, repeats included. */
  public int paid() {
    return paid;
  }

  /** Prompt and completion tokens of the distinct pairs so far. */
  public double tokens() {
    return tokens;
  }
}
