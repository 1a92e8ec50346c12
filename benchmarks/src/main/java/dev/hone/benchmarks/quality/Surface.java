package dev.hone.benchmarks.quality;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulated task: for every configuration the true score, for every configuration and example an
 * outcome.
 *
 * <p>The logit of the probability of success of configuration c on example e is
 *
 * <pre>  base + Σ effects of c's choices + Σ interactions of its pairs − difficulty of e
 *       + Σ what each of c's choices does on e</pre>
 *
 * <p>all drawn from normals whose spreads the family sets. The probability is drawn to one half by
 * the family's label noise. An outcome is 0 or 1, or the mean of several such draws where scores
 * are graded; asking again gives the same. The true score is the probability's expectation over all
 * examples there might be, not over the validation set.
 */
final class Surface implements Landscape {
  private static final int QUANTILES = 41;
  private static final long DIFFICULTY = 1;
  private static final long TASTE = 2;
  private static final long OUTCOME = 3;

  private final SurfaceFamily family;
  private final SurfaceShape shape;
  private final SearchSpace space;
  private final long seed;
  private final double[] logits;
  private final double difficulty;
  private final double best;

  /**
   * A surface.
   *
   * @param difficultyScale multiplies the family's spread of difficulty
   */
  Surface(SurfaceFamily family, SurfaceShape shape, long seed, double difficultyScale) {
    this.family = family;
    this.shape = shape;
    this.space = shape.space();
    this.seed = seed;
    this.difficulty = family.difficulty() * difficultyScale;
    this.logits = family.logits(space, seed);
    double highest = 0;
    for (double logit : logits) {
      highest = Math.max(highest, trueScore(logit));
    }
    this.best = highest;
  }

  SurfaceFamily family() {
    return family;
  }

  SurfaceShape shape() {
    return shape;
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
    return shape.examples();
  }

  @Override
  public double best() {
    return best;
  }

  @Override
  public double trueScore(Configuration configuration) {
    return trueScore(logits[position(configuration)]);
  }

  private double trueScore(double logit) {
    double spread = Math.hypot(difficulty, family.taste() * Math.sqrt(space.dimensions().size()));
    double sum = 0;
    for (int i = 0; i < QUANTILES; i++) {
      sum += probability(logit + spread * Normal.quantile((i + 0.5) / QUANTILES));
    }
    return sum / QUANTILES;
  }

  private double probability(double logit) {
    double clean = 1 / (1 + Math.exp(-logit));
    return clean + family.labelNoise() * (0.5 - clean);
  }

  @Override
  public double outcome(Configuration configuration, int example) {
    int position = position(configuration);
    double logit = logits[position] - difficulty * Hash.gaussian(seed, DIFFICULTY, example, 0);
    for (int d = 0; d < space.dimensions().size(); d++) {
      int key = d * 1000 + configuration.choice(d);
      logit += family.taste() * Hash.gaussian(seed, TASTE, example, key);
    }
    double probability = probability(logit);
    int successes = 0;
    for (int facet = 0; facet < family.facets(); facet++) {
      long key = (long) position * 16 + facet;
      successes += Hash.uniform(seed, OUTCOME, example, key) < probability ? 1 : 0;
    }
    return successes / (double) family.facets();
  }

  /** Surfaces of all families and of the shapes that each family has, in turn. */
  static List<Surface> mixed(int perFamily, long firstSeed, double difficultyScale) {
    List<Surface> surfaces = new ArrayList<>();
    for (SurfaceFamily family : SurfaceFamily.values()) {
      List<SurfaceShape> shapes = family.shapes();
      for (int i = 0; i < perFamily; i++) {
        long seed = Hash.of(firstSeed, family.ordinal(), i, 0);
        surfaces.add(new Surface(family, shapes.get(i % shapes.size()), seed, difficultyScale));
      }
    }
    return surfaces;
  }
}
