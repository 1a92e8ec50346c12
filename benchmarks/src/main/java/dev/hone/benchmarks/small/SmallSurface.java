package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.Hash;
import dev.hone.benchmarks.quality.Landscape;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.stats.NormalDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated small task whose true scores and outcomes have the variance components of its family.
 *
 * <p>The true score of a configuration is the sum of a mean, effects of its choices and effects of
 * the pairs of choices of each predictor, on the scale of scores, held within 0.02 and 0.98. With
 * several predictors the variance of each is divided by the square root of their number. Outcomes
 * are drawn by {@link OutcomeModel}.
 *
 * <p>A call costs 220 tokens a predictor, 75 for each demo, and what the instruction is longer.
 * Demo set 0 has no demos, set 1 as many labelled ones as are allowed, 4 or 16, and any other as
 * many, as MIPROv2 fills its sets.
 */
final class SmallSurface implements Landscape {
  private static final double LOWEST = 0.02;
  private static final double MEAN_DEVIATION = 0.03;
  private static final double PROMPT_TOKENS = 220;
  private static final double DEMO_TOKENS = 75;
  private static final double INSTRUCTION_TOKENS = 60;
  private static final int[] EXAMPLES = {15, 30, 60, 100};

  private final SmallFamily family;
  private final SearchSpace space;
  private final int examples;
  private final int predictors;
  private final OutcomeModel model;
  private final long seed;
  private final double[] truth;
  private final double[] thresholds;
  private final int demoLimit;

  SmallSurface(
      SmallFamily family,
      VarianceComponents components,
      int demoLimit,
      SmallShape shape,
      int examples,
      long seed) {
    this.family = family;
    this.space = shape.space();
    this.examples = examples;
    this.predictors = shape.predictors();
    this.model = OutcomeModel.of(components);
    this.seed = seed;
    this.demoLimit = demoLimit;
    this.truth = truth(family, components, shape);
    this.thresholds = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      thresholds[i] = NormalDistribution.quantile(truth[i]);
    }
  }

  private double[] truth(SmallFamily kind, VarianceComponents components, SmallShape shape) {
    SplittableRandom random = new SplittableRandom(seed);
    double part = 1 / Math.sqrt(Math.sqrt(predictors));
    double mean = components.mean() + MEAN_DEVIATION * random.nextGaussian();
    double[] sums = new double[(int) space.size()];
    Arrays.fill(sums, mean);
    for (int p = 0; p < predictors; p++) {
      double[] first =
          kind.effects(
              shape.instructions(),
              part * deviation(components.instructions()),
              part * components.givenGap(),
              random);
      double[] second =
          kind.effects(
              shape.demoSets(),
              part * deviation(components.demos()),
              part * components.noDemosGap(),
              random);
      double[] pairs = new double[first.length * second.length];
      for (int i = 0; i < pairs.length; i++) {
        pairs[i] = kind.pair(i == 0, part * deviation(components.pairs()), random);
      }
      add(sums, p, first, second, pairs);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.min(1 - LOWEST, Math.max(LOWEST, sums[i]));
    }
    return sums;
  }

  /** Adds what the choices of a predictor do to the true score of every configuration. */
  private void add(double[] sums, int predictor, double[] first, double[] second, double[] pairs) {
    for (int i = 0; i < sums.length; i++) {
      Configuration configuration = space.at(i);
      int one = configuration.choice(2 * predictor);
      int two = configuration.choice(2 * predictor + 1);
      sums[i] += first[one] + second[two] + pairs[one * second.length + two];
    }
  }

  private static double deviation(double variance) {
    return Math.sqrt(Math.max(0, variance));
  }

  /** Surfaces of all families, shapes and sizes of validation sets, in turn. */
  static List<SmallSurface> mixed(int count, long firstSeed) {
    List<SmallSurface> surfaces = new ArrayList<>();
    SmallFamily[] families = SmallFamily.values();
    for (int i = 0; i < count; i++) {
      SmallFamily family = families[i % families.length];
      int number = i / families.length;
      long seed = Hash.of(firstSeed, family.ordinal(), number, 0);
      int size = EXAMPLES[(number + number / EXAMPLES.length) % EXAMPLES.length];
      surfaces.add(
          new SmallSurface(
              family,
              family.components(number),
              family.demoLimit(number),
              family.shape(number),
              size,
              seed));
    }
    return surfaces;
  }

  @Override
  public String familyName() {
    return family.name();
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
  public int demos(Configuration configuration) {
    int demos = 0;
    for (int p = 0; p < predictors; p++) {
      demos += configuration.choice(2 * p + 1) == 0 ? 0 : demoLimit;
    }
    return demos;
  }

  @Override
  public double tokens(Configuration configuration) {
    double tokens = predictors * PROMPT_TOKENS + DEMO_TOKENS * demos(configuration);
    for (int p = 0; p < predictors; p++) {
      int choice = configuration.choice(2 * p);
      tokens += choice == 0 ? 0 : 2 * INSTRUCTION_TOKENS * Hash.uniform(seed, 9, p, choice);
    }
    return tokens;
  }

  @Override
  public double outcome(Configuration configuration, int example) {
    int position = position(configuration);
    double common = normal(configuration, position, example, 0);
    if (model.facets() == 1) {
      return common < thresholds[position] ? 1 : 0;
    }
    int successes = 0;
    for (int facet = 1; facet <= model.facets(); facet++) {
      double own = normal(configuration, position, example, facet);
      double mixed = Math.sqrt(model.shared()) * common + Math.sqrt(1 - model.shared()) * own;
      successes += mixed < thresholds[position] ? 1 : 0;
    }
    return successes / (double) model.facets();
  }

  private double normal(Configuration configuration, int position, int example, int facet) {
    long stream = Hash.of(seed, example, facet, 1);
    double value = Math.sqrt(model.example()) * Hash.gaussian(stream, 1, 0, 0);
    value += Math.sqrt(model.rest()) * Hash.gaussian(stream, 2, position, 0);
    for (int p = 0; p < predictors; p++) {
      int one = configuration.choice(2 * p);
      int two = configuration.choice(2 * p + 1);
      value += Math.sqrt(model.instruction() / predictors) * Hash.gaussian(stream, 3, p, one);
      value += Math.sqrt(model.demos() / predictors) * Hash.gaussian(stream, 4, p, two);
    }
    return value;
  }
}
