package dev.hone.optimize.search.racing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.racing.model.ExampleOrder;
import dev.hone.optimize.search.racing.model.KnowledgeGradient;
import dev.hone.optimize.search.racing.model.KnownPosterior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which outcomes are worth most for their price. */
class WorthTest {
  private static final double NOISE = 0.25;
  private static final int BLOCK = 10;
  private static final int EXAMPLES = 95;

  private final ExampleOrder order =
      new ExampleOrder(Collections.nCopies(EXAMPLES, ""), BLOCK, new SplittableRandom(1));
  private final SplittableRandom random = new SplittableRandom(4);

  @Test
  void theBestRateOfAllComesFirst() {
    for (int round = 0; round < 100; round++) {
      int count = 2 + random.nextInt(8);
      double[] means = random.doubles(count).map(u -> 0.5 + 0.3 * u).toArray();
      double[] variances = random.doubles(count).map(u -> 1e-4 + 0.02 * u).toArray();
      double[] tokens = random.doubles(count).map(u -> 100 + 3000 * u).toArray();
      int[] asked = random.ints(count, 0, order.blockCount() + 1).toArray();
      KnowledgeGradient gradient = KnownPosterior.independent(NOISE, variances, means).gradient();

      List<Worth.Offer> offers =
          new Worth(gradient, order, c -> tokens[c.choice(0)])
              .offers(contenders(count), c -> asked[c.choice(0)], EXAMPLES);

      assertThat(offers).extracting(Worth.Offer::configuration).doesNotHaveDuplicates();
      assertThat(offers.stream().map(Worth.Offer::rate).toList())
          .isSortedAccordingTo(Collections.reverseOrder());
      for (Worth.Offer offer : offers) {
        int c = offer.configuration().choice(0);
        double best = 0;
        for (int blocks : new int[] {1, 2, 4, 8, order.blockCount()}) {
          int to = Math.min(order.blockCount(), asked[c] + blocks);
          int examples = order.examples(asked[c], to);
          best = Math.max(best, gradient.gain(c, examples) / (examples * tokens[c]));
        }
        assertThat(offer.rate()).isCloseTo(best, within(1e-15));
      }
    }
  }

  @Test
  void ofEqualGainsTheCheapOneComesFirst() {
    for (int cheap = 0; cheap < 3; cheap++) {
      int cheapest = cheap;

      List<Worth.Offer> offers =
          offers(new double[] {0.5, 0.5, 0.5}, c -> c.choice(0) == cheapest ? 500 : 1500);

      assertThat(offers.get(0).configuration()).isEqualTo(Configuration.of(cheapest));
      assertThat(offers.get(0).gain()).isCloseTo(offers.get(1).gain(), within(1e-12));
      assertThat(offers.get(0).rate() / offers.get(1).rate()).isCloseTo(3, within(1e-9));
    }
  }

  @Test
  void aDearOneComesFirstWhereItGainsMoreThanItCosts() {
    double[] means = {0.6, 0.59, 0.5};
    KnowledgeGradient gradient =
        KnownPosterior.independent(NOISE, new double[] {1e-6, 0.01, 0.01}, means).gradient();
    double ratio = gradient.gain(1, BLOCK) / gradient.gain(2, BLOCK);

    for (double dearer : new double[] {0.9, 1.1}) {
      List<Worth.Offer> offers =
          new Worth(gradient, order, c -> c.choice(0) == 1 ? 1000 * ratio * dearer : 1000)
              .offers(contenders(3), c -> order.blockCount() - 2, BLOCK);

      assertThat(offers.get(0).configuration().choice(0)).isEqualTo(dearer < 1 ? 1 : 2);
    }
  }

  @Test
  void theFartherOneIsBehindTheMoreBlocksItTakesToShowAnything() {
    List<Integer> looks = new ArrayList<>();
    for (double gap = 0; gap < 0.2; gap += 0.01) {
      looks.add(look(gap, EXAMPLES));
    }

    assertThat(looks).isSorted();
    assertThat(looks).contains(10, 20, 40, 80, EXAMPLES);
  }

  @Test
  void looksNoFartherThanMayBeSpentButForOneBlock() {
    for (double gap = 0; gap < 0.2; gap += 0.02) {
      assertThat(look(gap, 45)).isLessThanOrEqualTo(40);
      assertThat(look(gap, 3)).isEqualTo(BLOCK);
    }
    assertThat(look(0.18, 45)).isEqualTo(40);
  }

  /** The examples of the offer for a configuration behind one that is known. */
  private int look(double gap, int examples) {
    double[] variances = {1e-9, 0.004};
    KnowledgeGradient gradient =
        KnownPosterior.independent(NOISE, variances, new double[] {0.5, 0.5 - gap}).gradient();
    List<Worth.Offer> offers =
        new Worth(gradient, order, c -> 1000)
            .offers(contenders(2), c -> c.choice(0) == 0 ? order.blockCount() : 0, examples);
    assertThat(offers).hasSize(1);
    return (int) Math.round(offers.get(0).tokens() / 1000);
  }

  @Test
  void offersNothingMoreOfWhatWasEvaluatedOnAll() {
    double[] variances = {0.01, 0.01};
    KnowledgeGradient gradient =
        KnownPosterior.independent(NOISE, variances, new double[] {0.5, 0.5}).gradient();
    Worth worth = new Worth(gradient, order, c -> 1000);
    int all = order.blockCount();

    assertThat(worth.offers(contenders(2), c -> all, EXAMPLES)).isEmpty();
    assertThat(worth.offers(contenders(2), c -> all - c.choice(0), EXAMPLES))
        .singleElement()
        .satisfies(
            offer -> {
              assertThat(offer.configuration()).isEqualTo(Configuration.of(1));
              assertThat(offer.tokens()).as("the last block is shorter").isEqualTo(5 * 1000);
            });
  }

  private List<Worth.Offer> offers(double[] means, ToDoubleFunction<Configuration> tokens) {
    double[] variances = {0.01, 0.01, 0.01};
    KnowledgeGradient gradient = KnownPosterior.independent(NOISE, variances, means).gradient();
    return new Worth(gradient, order, tokens).offers(contenders(3), c -> 0, EXAMPLES);
  }

  private static List<Configuration> contenders(int count) {
    return IntStream.range(0, count).mapToObj(Configuration::of).toList();
  }
}
