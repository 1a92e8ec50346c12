package dev.hone.optimize.search.racing.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What more outcomes of a configuration are worth. */
class KnowledgeGradientTest {
  private static final double WIDENING = KnowledgeGradient.WIDENING;
  private static final double NOISE = 0.2;

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void isTheIntegralOverAllThatMayBeSeen() {
    for (int round = 0; round < 12; round++) {
      int count = 1 + random.nextInt(8);
      double[] means = means(count, 0.1);
      KnownPosterior posterior = posterior(means);
      KnowledgeGradient gradient = posterior.gradient();

      for (int c = 0; c < count; c += 3) {
        double[] covariance = new double[count];
        for (int other = 0; other < count; other++) {
          covariance[other] = posterior.covariance(c, other);
        }
        double expected =
            DenseGain.integral(means, covariance, covariance[c] + NOISE / (1 + round));
        assertThat(gradient.gain(c, 1 + round)).isCloseTo(expected, within(1e-8));
      }
    }
  }

  @Test
  void isTheMeanRiseOverOutcomesThatAreDrawn() {
    double[] means = {0.5, 0.52, 0.47};
    double[][] shared = {{0.05, 0}, {0.03, 0.06}, {-0.02, 0.08}};
    double[] own = {0.001, 0.002, 0.004};
    KnownPosterior posterior = new KnownPosterior(NOISE, shared, own, means);
    int examples = 15;
    int draws = 200_000;

    for (int seen = 0; seen < means.length; seen++) {
      double variance = posterior.covariance(seen, seen) + NOISE / examples;
      double sum = 0;
      double squares = 0;
      for (int draw = 0; draw < draws; draw++) {
        double[] common = {random.nextGaussian(), random.nextGaussian()};
        double truth = Math.sqrt(own[seen]) * random.nextGaussian();
        truth += shared[seen][0] * common[0] + shared[seen][1] * common[1];
        double error = Math.sqrt(NOISE / examples) * random.nextGaussian();
        double surprise = WIDENING * truth + error;
        double best = 0;
        for (int other = 0; other < means.length; other++) {
          double then = means[other] + posterior.covariance(seen, other) / variance * surprise;
          best = Math.max(best, then);
        }
        double rise = best - 0.52;
        sum += rise;
        squares += rise * rise;
      }
      double mean = sum / draws;
      double error = Math.sqrt((squares / draws - mean * mean) / draws);
      assertThat(posterior.gradient().gain(seen, examples)).isCloseTo(mean, within(4 * error));
      assertThat(mean).isGreaterThan(40 * error);
    }
  }

  @Test
  void agreesWithTheCovarianceOfAllOutcomes() {
    SearchSpace space =
        new SearchSpace(
            List.of(
                new Dimension("a", Dimension.Part.INSTRUCTIONS, 3),
                new Dimension("a", Dimension.Part.DEMOS, 3)));
    ExampleOrder order = new ExampleOrder(Collections.nCopies(20, ""), 5, new SplittableRandom(1));
    Effects effects = new Effects(space);
    Variances variances = new Variances(0.2, 0.12, 0.08, new double[] {0.01, 0.02, 0.01}, 0.006);
    List<Arm> arms = arms(order, List.of(2, 1, 3), space);
    List<Configuration> contenders = new ArrayList<>();
    KnowledgeGradient gradient =
        new KnowledgeGradient(new MixedModel(effects, order, variances, arms, null).solve());
    for (int i = 0; i < arms.size(); i++) {
      contenders.add(arms.get(i).configuration());
      gradient.addTried(i);
    }
    for (long untried : new long[] {1, 5, 6}) {
      contenders.add(space.at(untried));
      gradient.addUntried(effects.of(space.at(untried)));
    }

    DenseGain dense = new DenseGain(effects, order, variances, arms, contenders);

    for (int c = 0; c < contenders.size(); c++) {
      for (int examples : new int[] {5, 20}) {
        assertThat(dense.gain(c, examples)).isGreaterThan(1e-5);
        assertThat(gradient.gain(c, examples)).isCloseTo(dense.gain(c, examples), within(1e-8));
      }
    }
  }

  private List<Arm> arms(ExampleOrder order, List<Integer> blocks, SearchSpace space) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Arm arm = new Arm(space.at(4 * i), order);
      double[] scores = new double[order.all().size()];
      Arrays.fill(scores, Double.NaN);
      for (int block = 0; block < blocks.get(i); block++) {
        arm.nextBlock().forEach(example -> scores[example] = random.nextInt(2));
      }
      arm.take(scores);
      arms.add(arm);
    }
    return arms;
  }

  @Test
  void ofTwoEqualOnesIsTheMeanOfTheHigherHalf() {
    double own = 0.01;
    KnowledgeGradient gradient =
        KnownPosterior.independent(NOISE, new double[] {1e-12, own}, new double[] {0.5, 0.5})
            .gradient();

    double variance = WIDENING * WIDENING * own;
    double moves = variance / Math.sqrt(variance + NOISE / 10);
    assertThat(gradient.gain(1, 10)).isCloseTo(moves / Math.sqrt(2 * Math.PI), within(1e-9));
  }

  @Test
  void isZeroWhereNothingThatMayBeSeenMakesAnotherOneTheBest() {
    double[] variances = {0.0001, 0.0001, 0.0001};

    KnowledgeGradient gradient =
        KnownPosterior.independent(NOISE, variances, new double[] {0.9, 0.1, 0.2}).gradient();

    assertThat(gradient.gain(0, 1000)).isZero();
    assertThat(gradient.gain(1, 1000)).isZero();
    assertThat(gradient.gain(2, 1)).isZero();
  }

  @Test
  void isZeroWhereThereIsOneContender() {
    KnowledgeGradient gradient =
        KnownPosterior.independent(NOISE, new double[] {0.04}, new double[] {0.5}).gradient();

    assertThat(gradient.gain(0, 1)).isZero();
    assertThat(gradient.gain(0, 100)).isZero();
  }

  @Test
  void isZeroWhereAllMoveTogether() {
    double[][] shared = {{0.1, 0.05}, {0.1, 0.05}, {0.1, 0.05}};
    double[] own = {1e-13, 1e-13, 1e-13};

    KnowledgeGradient gradient =
        new KnownPosterior(NOISE, shared, own, new double[] {0.5, 0.49, 0.5}).gradient();

    for (int c = 0; c < 3; c++) {
      assertThat(gradient.gain(c, 50)).isCloseTo(0, within(1e-11));
    }
  }

  @Test
  void whatIsLearntOfOneServesThoseThatShareItsParts() {
    double[] means = {0.6, 0.55, 0.58};
    double[] own = {0.0005, 0.0005, 0.0005};

    double alone =
        new KnownPosterior(NOISE, new double[][] {{0}, {0.06}, {0}}, own, means)
            .gradient()
            .gain(1, 15);
    double withAnother =
        new KnownPosterior(NOISE, new double[][] {{0}, {0.06}, {0.06}}, own, means)
            .gradient()
            .gain(1, 15);

    assertThat(withAnother).isGreaterThan(1.5 * alone);
  }

  @Test
  void risesWithTheExamplesButNotBeyondWhatIsToBeKnown() {
    for (int round = 0; round < 200; round++) {
      int count = 2 + random.nextInt(6);
      KnowledgeGradient gradient = posterior(means(count, 0.05)).gradient();

      for (int c = 0; c < count; c++) {
        double last = 0;
        for (int examples : new int[] {1, 2, 5, 15, 60, 240, 1_000_000}) {
          double gain = gradient.gain(c, examples);
          assertThat(gain).isGreaterThanOrEqualTo(last - 1e-13);
          last = gain;
        }
        assertThat(last).isLessThanOrEqualTo(gradient.gain(c, 100_000_000) + 1e-13);
      }
    }
    KnowledgeGradient close =
        KnownPosterior.independent(NOISE, new double[] {0.01, 0.01}, new double[] {0.5, 0.5})
            .gradient();
    assertThat(close.gain(0, 60)).isGreaterThan(1.2 * close.gain(0, 15));
  }

  @Test
  void isTheSameForTwoThatMayBeExchanged() {
    KnowledgeGradient pair =
        KnownPosterior.independent(NOISE, new double[] {0.01, 0.01}, new double[] {0.4, 0.5})
            .gradient();
    assertThat(pair.gain(0, 15)).isCloseTo(pair.gain(1, 15), within(1e-15)).isPositive();

    double[][] shared = {{0.05, 0, 0}, {0, 0.05, 0}, {0, 0, 0.05}};
    double[] own = {0.002, 0.002, 0.002};
    KnowledgeGradient three =
        new KnownPosterior(NOISE, shared, own, new double[] {0.5, 0.5, 0.5}).gradient();
    assertThat(three.gain(1, 15)).isCloseTo(three.gain(0, 15), within(1e-15)).isPositive();
    assertThat(three.gain(2, 15)).isCloseTo(three.gain(0, 15), within(1e-15));
  }

  @Test
  void ofThoseThatMoveAlikeTheHighestCountsWhateverRoundingSays() {
    for (double rounding : new double[] {0, 1e-15, -1e-15}) {
      double[][] shared = {{0.1}, {0.02}, {0.02 + rounding}};
      double[] own = {0.001, 0.001, 0.001};
      double[] means = {0.5, 0.6, 0.3};
      KnowledgeGradient gradient = new KnownPosterior(NOISE, shared, own, means).gradient();
      double[][] ofTwo = {{0.1}, {0.02}};
      KnowledgeGradient without =
          new KnownPosterior(NOISE, ofTwo, new double[] {0.001, 0.001}, new double[] {0.5, 0.6})
              .gradient();

      assertThat(gradient.gain(0, 15)).isCloseTo(without.gain(0, 15), within(1e-12));
      double[] exchanged = {0.5, 0.3, 0.6};
      assertThat(new KnownPosterior(NOISE, shared, own, exchanged).gradient().gain(0, 15))
          .isCloseTo(without.gain(0, 15), within(1e-12));
    }
  }

  @Test
  void isNeverNegative() {
    for (int round = 0; round < 3000; round++) {
      int count = 1 + random.nextInt(6);
      double[] means = means(count, Math.pow(10, -4 + 5 * random.nextDouble()));
      KnowledgeGradient gradient = posterior(means).gradient();

      for (int c = 0; c < count; c++) {
        assertThat(gradient.gain(c, 1 + random.nextInt(100))).isNotNegative().isFinite();
      }
    }
  }

  @Test
  void isNotNegativeWhereOnlyRoundingIsLeft() {
    double own = 0.01;
    double variance = WIDENING * WIDENING * own;
    double moves = variance / Math.sqrt(variance + NOISE / 10);
    for (int i = 0; i < 2000; i++) {
      double gap = moves * (5 + i * 0.002);
      KnowledgeGradient gradient =
          KnownPosterior.independent(NOISE, new double[] {1e-12, own}, new double[] {gap, 0})
              .gradient();

      assertThat(gradient.gain(1, 10)).isNotNegative().isLessThan(1e-6);
    }
  }

  private double[] means(int count, double spread) {
    return random.doubles(count).map(u -> 0.5 + spread * (u - 0.5)).toArray();
  }

  /** Configurations that share three things to random extents. */
  private KnownPosterior posterior(double[] means) {
    double[][] shared = new double[means.length][];
    double[] own = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      shared[i] = random.doubles(3).map(u -> 0.2 * (u - 0.5)).toArray();
      own[i] = 1e-5 + 0.01 * random.nextDouble();
    }
    return new KnownPosterior(NOISE, shared, own, means);
  }
}
