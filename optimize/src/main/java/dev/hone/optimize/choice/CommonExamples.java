package dev.hone.optimize.choice;

import dev.hone.metric.CorpusMetric;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.PairedDifference;
import dev.hone.optimize.search.ScoreTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Compares configurations on the examples that both have a score on; nothing is said by means over
 * different examples. Examples that the search left out do not count.
 *
 * @param scores all scores
 * @param metric the metric, if it is one of sets, whose value then counts instead of the mean
 */
public record CommonExamples(ScoreTable scores, Optional<? extends CorpusMetric<?, ?>> metric) {
  /** What sums of the same scores in another order may differ by. */
  private static final double ROUNDING = 1e-9;

  /** The examples that a configuration has a score on, in order. */
  public List<Integer> of(Configuration configuration) {
    return scores.examples().stream()
        .filter(example -> scores.score(configuration, example).isPresent())
        .toList();
  }

  /** The examples that both have a score on, in order. */
  public List<Integer> of(Configuration one, Configuration other) {
    return of(one).stream().filter(example -> scores.score(other, example).isPresent()).toList();
  }

  /** The mean score on some examples, each with a score, or the value of their set. */
  public double value(Configuration configuration, List<Integer> examples) {
    if (metric.isPresent()) {
      Set<Integer> which = new HashSet<>(examples);
      return metric.get().value(scores.observations(configuration, which::contains));
    }
    return examples.stream()
        .mapToDouble(example -> scores.score(configuration, example).orElseThrow())
        .average()
        .orElse(Double.NaN);
  }

  /** Whether one scored higher than another on the examples that both have a score on. */
  public boolean higher(Configuration one, Configuration other) {
    return gap(one, other) > ROUNDING;
  }

  /** Whether both scored the same, in the mean, on the examples that both have a score on. */
  public boolean level(Configuration one, Configuration other) {
    return Math.abs(gap(one, other)) <= ROUNDING;
  }

  private double gap(Configuration one, Configuration other) {
    List<Integer> common = of(one, other);
    return value(one, common) - value(other, common);
  }

  /** Whether a configuration has a score on every example that another has one on. */
  public boolean covers(Configuration configuration, Configuration other) {
    return of(other).stream().allMatch(example -> scores.score(configuration, example).isPresent());
  }

  /** Whether a configuration scored the same as another on every example that that one has. */
  public boolean sameOutcomes(Configuration configuration, Configuration other) {
    List<Integer> examples = of(other);
    return covers(configuration, other)
        && examples.stream()
            .allMatch(each -> scores.score(configuration, each).equals(scores.score(other, each)))
        && Math.abs(value(configuration, examples) - value(other, examples)) <= ROUNDING;
  }

  /**
   * The paired difference of two; empty if no example has a score of both. Under a metric of sets
   * it is the difference of the values, which varies as that of the pseudo-scores does.
   */
  public Optional<PairedDifference> difference(Configuration one, Configuration other) {
    if (of(one, other).isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble ofSets =
        metric.isPresent() ? OptionalDouble.of(gap(one, other)) : OptionalDouble.empty();
    return PairedDifference.of(modelScores(one), modelScores(other), ofSets);
  }

  private double[] modelScores(Configuration configuration) {
    double[] counting = new double[scores.scores(configuration).length];
    Arrays.fill(counting, Double.NaN);
    double[] all = scores.modelScores(configuration);
    of(configuration).forEach(example -> counting[example] = all[example]);
    return counting;
  }
}
