package dev.hone.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Candidates that scored alike, in part or in all, have equal and finite estimates. */
class ShrunkenGainTest {
  private static double[] all(double score, int examples) {
    double[] scores = new double[examples];
    Arrays.fill(scores, score);
    return scores;
  }

  private static double[] coin(double rate, long seed) {
    return new SplittableRandom(seed).doubles(60).map(u -> u < rate ? 1 : 0).toArray();
  }

  private static double by(double[] baseline, List<double[]> candidates, int candidate) {
    return GainEstimate.of(baseline, candidates, candidate).orElseThrow().by();
  }

  @Test
  void candidatesThatTieHaveTheSameEstimate() {
    double[] baseline = coin(0.4, 1);
    double[] better = coin(0.7, 2);
    List<double[]> candidates = List.of(better, coin(0.5, 3), better.clone(), better.clone());

    double first = by(baseline, candidates, 0);

    assertThat(first).isPositive();
    assertThat(by(baseline, candidates, 2)).isCloseTo(first, within(1e-12));
    assertThat(by(baseline, candidates, 3)).isCloseTo(first, within(1e-12));
    assertThat(by(baseline, candidates, 1)).isLessThan(first);
  }

  @Test
  void aTieOfAllIsNoGainAtAll() {
    double[] baseline = coin(0.4, 1);

    assertThat(by(baseline, List.of(baseline.clone(), baseline.clone()), 1))
        .isCloseTo(0, within(1e-12));
    assertThat(by(all(1, 20), List.of(all(1, 20), all(1, 20)), 0)).isZero();
  }

  @Test
  void differencesThatAreAllEqualStayFiniteAndWithinWhatWasSeen() {
    List<double[]> candidates = List.of(all(1, 20), all(1, 20), all(0, 20));

    double best = by(all(0, 20), candidates, 0);

    assertThat(best).isBetween(0.0, 1.0).isEqualTo(by(all(0, 20), candidates, 1));
    assertThat(by(all(0, 20), candidates, 2)).isFinite().isLessThan(best);
  }
}
