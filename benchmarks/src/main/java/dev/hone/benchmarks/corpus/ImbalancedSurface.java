package dev.hone.benchmarks.corpus;

import dev.hone.data.Example;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.stats.NormalDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated task of two classes, one of them rare: each configuration has a skill, by which it
 * tells the classes apart, and a bias towards the rare one, both sums of what its choices add. The
 * logit of the probability that it says rare is {@code bias ± skill / 2 + difficulty of the
 * example}; asking again gives the same. The baseline is cautious, so that accuracy has little to
 * gain and macro-F1 much.
 */
final class ImbalancedSurface {
  private static final int QUANTILES = 41;
  private static final double BIAS = -2.5;
  private static final double SKILL = 3;
  private static final double BIAS_SPREAD = 1.2;
  private static final double SKILL_SPREAD = 0.7;
  private static final double DIFFICULTY = 1.5;

  private final SearchSpace space;
  private final long seed;
  private final int examples;
  private final double rare;

  /** An input that is known by its number only. */
  record Case(int number) {}

  /** Whether it is of the rare class. */
  record Verdict(boolean rare) {}

  ImbalancedSurface(long seed, int choices, int examples, double rare) {
    this.space =
        new SearchSpace(
            List.of(
                new Dimension("classify", Dimension.Part.INSTRUCTIONS, choices),
                new Dimension("classify", Dimension.Part.DEMOS, choices)));
    this.seed = seed;
    this.examples = examples;
    this.rare = rare;
  }

  SearchSpace space() {
    return space;
  }

  Configuration baseline() {
    return Configuration.of(0, 0);
  }

  /** The validation examples: the first ones are the rare ones. */
  List<Example<Case, Verdict>> validation() {
    List<Example<Case, Verdict>> all = new ArrayList<>();
    for (int number = 0; number < examples; number++) {
      all.add(Example.of(new Case(number), new Verdict(number < rare * examples)));
    }
    return all;
  }

  /** What a configuration says of an example. */
  Verdict verdict(Configuration configuration, Example<Case, Verdict> example) {
    int number = example.input().number();
    double difficulty = DIFFICULTY * gaussian(1, number, 0, 0);
    double probability = probability(configuration, example.expected().rare(), difficulty);
    double drawn = random(2, number, configuration.choice(0), configuration.choice(1)).nextDouble();
    return new Verdict(drawn < probability);
  }

  private double probability(Configuration configuration, boolean isRare, double difficulty) {
    double bias = BIAS;
    double skill = SKILL;
    for (int d = 0; d < 2; d++) {
      int choice = configuration.choice(d);
      if (choice > 0) {
        bias += BIAS_SPREAD * gaussian(3, d, choice, 0);
        skill += SKILL_SPREAD * gaussian(4, d, choice, 0);
      }
    }
    double logit = bias + (isRare ? skill : -skill) / 2 + difficulty;
    return 1 / (1 + Math.exp(-logit));
  }

  /** The probability of saying rare, over all examples of a class that there might be. */
  private double rate(Configuration configuration, boolean isRare) {
    double sum = 0;
    for (int i = 0; i < QUANTILES; i++) {
      double difficulty = DIFFICULTY * NormalDistribution.quantile((i + 0.5) / QUANTILES);
      sum += probability(configuration, isRare, difficulty);
    }
    return sum / QUANTILES;
  }

  double trueRecall(Configuration configuration) {
    return rate(configuration, true);
  }

  /** Macro-F1 of the expected confusion matrix. */
  double trueMacroF1(Configuration configuration) {
    double found = rare * rate(configuration, true);
    double wrong = (1 - rare) * rate(configuration, false);
    double ofRare = 2 * found / (found + wrong + rare);
    double right = 1 - rare - wrong;
    double ofOther = 2 * right / (right + (rare - found) + (1 - rare));
    return (ofRare + ofOther) / 2;
  }

  private double gaussian(long a, long b, long c, long d) {
    return NormalDistribution.quantile(random(a, b, c, d).nextDouble(1e-9, 1));
  }

  /** A generator by key, so that an outcome does not depend on the order of requests. */
  private SplittableRandom random(long a, long b, long c, long d) {
    long key = seed;
    for (long part : new long[] {a, b, c, d}) {
      key = new SplittableRandom(key * 1_000_003 + part).nextLong();
    }
    return new SplittableRandom(key);
  }
}
