package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void givesThePublishedValueOfTheTextbookExample() {
    double[] iq = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
    double[] hours = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};

    Estimate estimate = RankCorrelation.spearman(iq, hours, 0.95).orElseThrow();

    assertThat(estimate.value()).isCloseTo(-29.0 / 165, within(1e-12));
    assertThat(estimate.interval().contains(0)).isTrue();
  }

  @Test
  void equalValuesShareTheMeanOfTheirRanks() {
    assertThat(RankCorrelation.ranks(new double[] {5, 1, 5, 0, 5, -0.0}))
        .containsExactly(5, 3, 5, 1.5, 5, 1.5);
  }

  @Test
  void aCurveThatOnlyRisesIsOneAndItsIntervalIsNotAPoint() {
    double[] xs = IntStream.range(0, 12).asDoubleStream().toArray();
    double[] ys = IntStream.range(0, 12).mapToDouble(Math::exp).toArray();

    Estimate estimate = RankCorrelation.spearman(xs, ys, 0.95).orElseThrow();

    assertThat(estimate.value()).isEqualTo(1);
    assertThat(estimate.interval().lower()).isBetween(0.9, 0.99);
    assertThat(estimate.interval().upper()).isEqualTo(1);
  }

  @Test
  void isUndefinedForConstantsAndFewPairs() {
    double[] four = {1, 2, 3, 4};

    assertThat(RankCorrelation.spearman(four, new double[] {7, 7, 7, 7}, 0.95)).isEmpty();
    assertThat(RankCorrelation.spearman(new double[] {7, 7, 7, 7}, four, 0.95)).isEmpty();
    assertThat(RankCorrelation.spearman(new double[] {1, 2, 3}, new double[] {1, 2, 3}, 0.95))
        .isEmpty();
    assertThat(RankCorrelation.spearman(new double[0], new double[0], 0.95)).isEmpty();
    assertThatThrownBy(() -> RankCorrelation.spearman(four, new double[3], 0.95))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("There are 4 values on one side, 3 on the other");
  }

  @Test
  void coversZeroAsOftenAsItSaysForScoresOfTwoValuesToo() {
    SplittableRandom random = new SplittableRandom(11);
    int covered = 0;
    int runs = 2_000;
    for (int run = 0; run < runs; run++) {
      double[] lengths = random.doubles(40).map(x -> Math.floor(200 * x)).toArray();
      double[] scores = random.doubles(40).map(x -> x < 0.3 ? 0 : 1).toArray();
      Estimate estimate = RankCorrelation.spearman(lengths, scores, 0.95).orElseThrow();
      covered += estimate.interval().contains(0) ? 1 : 0;
    }

    assertThat(covered / (double) runs).isBetween(0.94, 0.98);
  }
}
