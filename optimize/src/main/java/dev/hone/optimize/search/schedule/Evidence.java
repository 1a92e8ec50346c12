package dev.hone.optimize.search.schedule;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchProblem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** The scores of one configuration, by example. */
final class Evidence {
  /**
   * Best mean first; of equal ones the baseline, then the smaller prompt, then the older
   * configuration.
   */
  static final Comparator<Evidence> BEST_FIRST =
      Comparator.comparingDouble((Evidence e) -> -e.mean)
          .thenComparing(e -> !e.baseline)
          .thenComparingDouble(e -> e.promptSize)
          .thenComparingInt(e -> e.age);

  /** Means are rounded, so that sums of the same scores in another order are equal. */
  private static final double ROUNDING = 1e12;

  final Configuration configuration;
  private final boolean baseline;
  private final double promptSize;
  private final int age;
  private final double[] scoreByExample;

  private double mean = Double.NaN;
  private int known;
  private boolean full;
  private boolean tried;
  private boolean promoted;

  Evidence(Configuration configuration, SearchProblem problem, int age) {
    this.configuration = configuration;
    this.baseline = configuration.equals(problem.baseline());
    this.promptSize = problem.promptSize().applyAsDouble(configuration);
    this.age = age;
    scoreByExample = new double[problem.exampleCount()];
    Arrays.fill(scoreByExample, Double.NaN);
  }

  /** Takes scores; what was known of other examples stays. */
  void take(EvaluationScores told, List<Integer> validExamples) {
    List<Integer> asked = told.ask().examples();
    for (int i = 0; i < asked.size(); i++) {
      OptionalDouble score = told.scores().get(i);
      if (score.isPresent()) {
        scoreByExample[asked.get(i)] = score.getAsDouble();
      }
    }
    promoted |= told.ask().choice() == EvaluationRequest.Choice.PROMOTED;
    sumUp(validExamples);
    tried |= full || asked.stream().allMatch(this::knows);
  }

  /** Counts only these examples from now on. */
  void sumUp(List<Integer> validExamples) {
    double sum = 0;
    known = 0;
    for (int example : validExamples) {
      if (knows(example)) {
        sum += scoreByExample[example];
        known++;
      }
    }
    mean = Math.rint(sum / known * ROUNDING) / ROUNDING;
    full = known == validExamples.size();
    tried |= full;
  }

  /** Whether this has a score on an example. */
  boolean knows(int example) {
    return !Double.isNaN(scoreByExample[example]);
  }

  /** The score on an example; NaN if unknown. */
  double score(int example) {
    return scoreByExample[example];
  }

  /** The mean of the known scores. */
  double mean() {
    return mean;
  }

  /** Whether every example has a score. */
  boolean full() {
    return full;
  }

  /** Whether an evaluation of this was complete. */
  boolean tried() {
    return tried;
  }

  /** Whether a full evaluation may be worth its price: there is a mean, and none was made yet. */
  boolean promotable() {
    return tried && !full && !promoted;
  }

  /** This as a value. */
  ConfigurationSummary standing() {
    return new ConfigurationSummary(configuration, mean, known, full);
  }
}
