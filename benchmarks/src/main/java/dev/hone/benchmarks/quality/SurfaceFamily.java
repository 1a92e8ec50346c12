package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The kinds of tasks. Spreads are standard deviations of logits: 0.4 around a score of 0.7 is about
 * 0.06 of score. Choice 0 of each dimension is what the program came with, or no demos: it is
 * handicapped by {@code handicap} per dimension.
 *
 * @see Surface
 */
@SuppressWarnings("ImmutableEnumChecker")
enum SurfaceFamily {
  /**
   * As the prototype had it: moderate effects, some interaction, hard and easy examples.
   */
  TYPICAL(new Spread(0.9, 0.45, 0.6, 0.3, 0.3), 2.5, 0.5, 0, 1),
  /** A few choices are much better than the rest. */
  EASY(new Spread(0.5, 1.0, 1.2, 0.3, 0.5), 2.5, 0.5, 0, 1),
  /** Nothing matters much. */
  FLAT(new Spread(0.9, 0.10, 0.13, 0.08, 0), 2.5, 0.5, 0, 1),
  /** The best configuration is made of choices that are poor with any other partner. */
  DECEPTIVE(new Spread(0.6, 0.45, 0.45, 0.6, 0.25), 2.5, 0.5, 0, 1),
  /** Nearly everything succeeds. */
  SATURATED(new Spread(4.0, 0.45, 0.6, 0.3, 0.3), 2.5, 0.5, 0, 1),
  /** Nearly everything fails. */
  SPARSE(new Spread(-4.2, 0.6, 0.7, 0.4, 0.3), 2.5, 0.5, 0, 1),
  /** Scores in fifths. */
  GRADED(new Spread(0.7, 0.45, 0.6, 0.3, 0.3), 2.5, 0.5, 0, 5),
  /** A model at a high temperature: outcomes hardly depend on the example, labels are noisy. */
  NOISY(new Spread(0.8, 0.45, 0.55, 0.3, 0.25), 0.4, 0.2, 0.3, 1),
  /** Two or three predictors, larger effects. */
  MULTI(new Spread(0.9, 0.6, 0.75, 0.35, 0.25), 2.5, 0.5, 0, 1),
  /** The program as it came is the best of all. */
  BASELINE_BEST(new Spread(1.1, 0.45, 0.6, 0.3, 0), 2.5, 0.5, 0, 1);

  /**
   * How configurations differ.
   *
   * @param base the logit of an average configuration
   * @param instructions spread of the effects of instructions
   * @param demos spread of the effects of demo sets
   * @param interaction spread of what a pair of choices of one predictor adds, and of what the
   *     whole configuration adds
   * @param handicap what choice 0 of each dimension lacks
   */
  record Spread(
      double base, double instructions, double demos, double interaction, double handicap) {}

  private static final double PLANTED = 1.4;

  private final Spread spread;
  private final double difficulty;
  private final double taste;
  private final double labelNoise;
  private final int facets;

  SurfaceFamily(Spread spread, double difficulty, double taste, double labelNoise, int facets) {
    this.spread = spread;
    this.difficulty = difficulty;
    this.taste = taste;
    this.labelNoise = labelNoise;
    this.facets = facets;
  }

  /** Spread of the examples' difficulty. */
  double difficulty() {
    return difficulty;
  }

  /** Spread of what a choice does on an example. */
  double taste() {
    return taste;
  }

  /** The share of outcomes that are decided by a coin. */
  double labelNoise() {
    return labelNoise;
  }

  /** The draws that make up one score. */
  int facets() {
    return facets;
  }

  List<SurfaceShape> shapes() {
    if (this == MULTI) {
      return List.of(SurfaceShape.LIGHT_2, SurfaceShape.MEDIUM_2, SurfaceShape.LIGHT_3);
    }
    return List.of(
        SurfaceShape.LIGHT_1,
        SurfaceShape.MEDIUM_1,
        SurfaceShape.LIGHT_2,
        SurfaceShape.MEDIUM_1,
        SurfaceShape.LIGHT_1,
        SurfaceShape.HEAVY_1);
  }

  /** The logit of every configuration of a space, by its position. */
  double[] logits(SearchSpace space, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int dimensions = space.dimensions().size();
    double[][] main = new double[dimensions][];
    for (int d = 0; d < dimensions; d++) {
      main[d] = mainEffects(space.dimensions().get(d).choices(), d % 2 == 0, random);
    }
    double[][] pairs = new double[dimensions / 2][];
    for (int p = 0; p < pairs.length; p++) {
      pairs[p] = pairEffects(main[2 * p], main[2 * p + 1], random);
    }
    double[] logits = new double[(int) space.size()];
    for (int position = 0; position < logits.length; position++) {
      double own = pairs.length > 1 ? interaction(position == 0, random) : 0;
      logits[position] = spread.base() + own + sum(space.at(position), main, pairs);
    }
    return logits;
  }

  private double[] mainEffects(int choices, boolean instructions, SplittableRandom random) {
    double[] effects = new double[choices];
    double width = instructions ? spread.instructions() : spread.demos();
    double highest = 0;
    for (int choice = 0; choice < choices; choice++) {
      effects[choice] = width * random.nextGaussian() - (choice == 0 ? spread.handicap() : 0);
      highest = choice == 0 ? highest : Math.max(highest, effects[choice]);
    }
    if (this == BASELINE_BEST) {
      effects[0] = highest + width / 2 * Math.abs(random.nextGaussian());
    }
    return effects;
  }

  private double[] pairEffects(double[] first, double[] second, SplittableRandom random) {
    double[] effects = new double[first.length * second.length];
    for (int i = 0; i < effects.length; i++) {
      effects[i] = interaction(i == 0, random);
    }
    if (this == DECEPTIVE) {
      effects[lowest(first) * second.length + lowest(second)] +=
          PLANTED - first[lowest(first)] - second[lowest(second)];
    }
    return effects;
  }

  private double interaction(boolean baseline, SplittableRandom random) {
    double value = spread.interaction() * random.nextGaussian();
    if (this == BASELINE_BEST) {
      return baseline ? 0 : -Math.abs(value);
    }
    return value;
  }

  private static int lowest(double[] values) {
    int lowest = 1;
    for (int i = 1; i < values.length; i++) {
      lowest = values[i] < values[lowest] ? i : lowest;
    }
    return lowest;
  }

  private static double sum(Configuration configuration, double[][] main, double[][] pairs) {
    double sum = 0;
    for (int d = 0; d < main.length; d++) {
      sum += main[d][configuration.choice(d)];
    }
    for (int p = 0; p < pairs.length; p++) {
      int second = configuration.choice(2 * p + 1);
      sum += pairs[p][configuration.choice(2 * p) * main[2 * p + 1].length + second];
    }
    return sum;
  }
}
