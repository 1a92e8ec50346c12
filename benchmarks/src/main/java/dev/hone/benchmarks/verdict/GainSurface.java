package dev.hone.benchmarks.verdict;

import dev.hone.benchmarks.quality.Hash;
import dev.hone.benchmarks.quality.Landscape;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.stats.NormalDistribution;
import java.util.List;

/**
 * A simulated task of one predictor whose true gains are known exactly.
 *
 * <p>An outcome is 1 where a standard normal stays below the quantile of the configuration's true
 * score. Its variance has parts of the example (0.52), of instruction and example (0.08), of demo
 * set and example (0.145) and of the configuration on the example, the shares that the recorded
 * outcomes of {@code docs/algorithms/racing.md} have. A graded score is the mean of five such draws
 * that have half of their variance in common. Immutable.
 */
final class GainSurface implements Landscape {
  private static final double EXAMPLE = Math.sqrt(0.52);
  private static final double INSTRUCTION = Math.sqrt(0.08);
  private static final double DEMOS = Math.sqrt(0.145);
  private static final double REST = Math.sqrt(0.255);
  private static final int FACETS = 5;

  private final GainScenario scenario;
  private final boolean graded;
  private final int examples;
  private final long seed;
  private final SearchSpace space;
  private final double[] truth;
  private final double[] thresholds;

  GainSurface(GainScenario scenario, GainTask task, long seed) {
    this.scenario = scenario;
    this.graded = task.graded();
    this.examples = task.examples();
    this.seed = seed;
    this.space =
        new SearchSpace(
            List.of(
                new Dimension("self", Dimension.Part.INSTRUCTIONS, task.instructions()),
                new Dimension("self", Dimension.Part.DEMOS, task.demoSets())));
    this.truth = scenario.trueScores(task, seed);
    this.thresholds = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      thresholds[i] = NormalDistribution.quantile(truth[i]);
    }
  }

  /** By how much a configuration is truly better than the baseline. */
  double gain(Configuration configuration) {
    return trueScore(configuration) - trueScore(baseline());
  }

  @Override
  public String familyName() {
    return scenario.name();
  }

  @Override
  public SearchSpace space() {
    return space;
  }

  @Override
  public int exampleCount() {
    return examples;
  }

  @Override
  public double trueScore(Configuration configuration) {
    return truth[position(configuration)];
  }

  @Override
  public double tokens(Configuration configuration) {
    return configuration.choice(1) == 0 ? 220 : 520;
  }

  @Override
  public double outcome(Configuration configuration, int example) {
    int position = position(configuration);
    double common = normal(configuration, position, example, 0);
    if (!graded) {
      return common < thresholds[position] ? 1 : 0;
    }
    int successes = 0;
    for (int facet = 1; facet <= FACETS; facet++) {
      double mixed = Math.sqrt(0.5) * (common + normal(configuration, position, example, facet));
      successes += mixed < thresholds[position] ? 1 : 0;
    }
    return successes / (double) FACETS;
  }

  private double normal(Configuration configuration, int position, int example, int facet) {
    long stream = Hash.of(seed, example, facet, 1);
    return EXAMPLE * Hash.gaussian(stream, 1, 0, 0)
        + REST * Hash.gaussian(stream, 2, position, 0)
        + INSTRUCTION * Hash.gaussian(stream, 3, configuration.choice(0), 0)
        + DEMOS * Hash.gaussian(stream, 4, configuration.choice(1), 0);
  }
}
