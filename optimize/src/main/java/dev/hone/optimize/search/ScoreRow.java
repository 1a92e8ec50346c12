package dev.hone.optimize.search;

import dev.hone.stats.ObservationTally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one configuration, or under an objective over sets, what counts of each example.
 */
final class ScoreRow {
  private static final double ROUNDING = 1e12;

  private final Configuration configuration;
  private final boolean baseline;
  private final double tokensPerRun;
  private final int age;
  private final double[] scores;
  private final @Nullable Object @Nullable [] observations;
  private double @Nullable [] pseudoScores;
  private double mean = Double.NaN;
  private int count;
  private boolean full;

  ScoreRow(Configuration configuration, SearchProblem problem, int age) {
    this.configuration = configuration;
    this.baseline = configuration.equals(problem.baseline());
    this.tokensPerRun = problem.tokensPerRun(configuration);
    this.age = age;
    scores = noScores(problem.exampleCount());
    observations = problem.objective().isPresent() ? new Object[scores.length] : null;
  }

  static double[] noScores(int exampleCount) {
    double[] scores = new double[exampleCount];
    Arrays.fill(scores, Double.NaN);
    return scores;
  }

  /** Takes scores; under an objective, one without its observation is none. */
  void put(EvaluationScores added, List<Integer> counting) {
    List<Integer> asked = added.request().examples();
    if (observations != null && added.observations().isEmpty()) {
      throw new IllegalArgumentException("the objective needs observations with the scores");
    }
    for (int i = 0; i < asked.size(); i++) {
      Optional<Object> observation =
          observations == null ? Optional.empty() : added.observations().get(i);
      if (added.scores().get(i).isPresent() && (observations == null || observation.isPresent())) {
        scores[asked.get(i)] = added.scores().get(i).getAsDouble();
        if (observations != null) {
          observations[asked.get(i)] = observation.orElseThrow();
        }
      }
    }
    sumUp(counting);
  }

  void sumUp(List<Integer> counting) {
    pseudoScores = null;
    double sum = 0;
    count = 0;
    for (int example : counting) {
      if (has(example)) {
        sum += scores[example];
        count++;
      }
    }
    mean = rounded(sum / count);
    full = count == counting.size();
  }

  private static double rounded(double value) {
    return Math.rint(value * ROUNDING) / ROUNDING;
  }

  /** The value of the set instead of the mean, and numbers per example whose mean it is. */
  void setValue(double value, double[] byExample) {
    mean = rounded(value);
    pseudoScores = byExample;
  }

  /** Whether the value of the set is known as of the last scores. */
  boolean hasValue() {
    return pseudoScores != null;
  }

  /** What counts of those of some examples that have a score. */
  ObservationTally tally(List<Integer> examples) {
    List<Object> all = new ArrayList<>();
    for (int example : examples) {
      Object observation = observation(example);
      if (observation != null) {
        all.add(observation);
      }
    }
    return ObservationTally.of(all);
  }

  @Nullable Object observation(int example) {
    return observations == null ? null : observations[example];
  }

  double[] modelScores() {
    return (pseudoScores == null ? scores : pseudoScores).clone();
  }

  boolean any() {
    return !Arrays.stream(scores).allMatch(Double::isNaN);
  }

  boolean has(int example) {
    return !Double.isNaN(scores[example]);
  }

  double score(int example) {
    return scores[example];
  }

  double[] scores() {
    return scores.clone();
  }

  boolean baseline() {
    return baseline;
  }

  double tokensPerRun() {
    return tokensPerRun;
  }

  int age() {
    return age;
  }

  double mean() {
    return mean;
  }

  int count() {
    return count;
  }

  boolean full() {
    return full;
  }

  ConfigurationSummary summary() {
    return new ConfigurationSummary(configuration, mean, count, full);
  }
}
