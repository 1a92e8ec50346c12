package dev.hone.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.stats.StudentDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GainEstimateTest {
  private static final int EXAMPLES = 60;
  private static final int RUNS = 300;

  /** Runs in which the best mean of ten is chosen. */
  private record Runs(int shown, int covered, int plainShown, double bias, double observedBias) {
    static Runs of(double trueGain, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int shown = 0;
      int covered = 0;
      int plain = 0;
      double bias = 0;
      double observedBias = 0;
      for (int run = 0; run < RUNS; run++) {
        double[] difficulty = random.doubles(EXAMPLES).toArray();
        double[] baseline = scores(difficulty, 0.5, random);
        List<double[]> candidates = new ArrayList<>();
        for (int c = 0; c < 10; c++) {
          candidates.add(scores(difficulty, 0.5 + trueGain, random));
        }
        int best = 0;
        for (int c = 1; c < 10; c++) {
          best = mean(candidates.get(c)) > mean(candidates.get(best)) ? c : best;
        }
        GainEstimate estimate = GainEstimate.of(baseline, candidates, best).orElseThrow();
        GainEstimate naive =
            GainEstimate.of(baseline, List.of(candidates.get(best)), 0).orElseThrow();
        shown += estimate.interval().lower() > 0 ? 1 : 0;
        covered += estimate.interval().contains(trueGain) ? 1 : 0;
        plain += naive.interval().lower() > 0 ? 1 : 0;
        bias += (estimate.by() - trueGain) / RUNS;
        observedBias += (estimate.observed() - trueGain) / RUNS;
      }
      return new Runs(shown, covered, plain, bias, observedBias);
    }

    /** Half of what decides is the example's difficulty. */
    private static double[] scores(double[] difficulty, double rate, SplittableRandom random) {
      return Arrays.stream(difficulty)
          .map(hard -> random.nextDouble() < 0.5 ? hard : random.nextDouble())
          .map(each -> each < rate ? 1 : 0)
          .toArray();
    }

    private static double mean(double[] scores) {
      return Arrays.stream(scores).average().orElseThrow();
    }
  }

  @Test
  void seldomShowsAGainOfTheBestOfManyWhereThereIsNone() {
    Runs runs = Runs.of(0, 1);

    assertThat(runs.shown()).isLessThanOrEqualTo((int) (0.05 * RUNS));
    assertThat(runs.covered()).isGreaterThanOrEqualTo((int) (0.94 * RUNS));
    assertThat(runs.plainShown()).isGreaterThan((int) (0.1 * RUNS)); // what a plain test does
  }

  @Test
  void estimatesLessThanWasObservedAndCoversARealGain() {
    Runs runs = Runs.of(0.1, 2);

    assertThat(runs.covered()).isGreaterThanOrEqualTo((int) (0.94 * RUNS));
    assertThat(runs.observedBias()).isGreaterThan(0.06);
    assertThat(Math.abs(runs.bias())).isLessThan(0.03);
  }

  @Test
  void isThePlainPairedTestForASingleCandidate() {
    double[] baseline = {0.1, 0.5, 0.4, 0.9, 0.3, 0.6};
    double[] other = {0.3, 0.5, 0.8, 0.9, 0.6, 0.5};

    GainEstimate estimate = GainEstimate.of(baseline, List.of(other), 0).orElseThrow();

    double half = StudentDistribution.quantile(0.975, 9) * estimate.spread() / Math.sqrt(6);
    assertThat(estimate.by()).isEqualTo(estimate.observed());
    assertThat(estimate.interval().upper()).isCloseTo(estimate.by() + half, within(1e-9));
    assertThat(estimate.interval().lower()).isCloseTo(estimate.by() - half, within(1e-9));
  }

  @Test
  void reachesFurtherDownTheMoreCandidatesThereWere() {
    SplittableRandom random = new SplittableRandom(5);
    double[] baseline = random.doubles(40).toArray();
    List<double[]> candidates = new ArrayList<>();
    double last = Double.POSITIVE_INFINITY;
    for (int count : new int[] {1, 5, 25}) {
      while (candidates.size() < count) {
        candidates.add(random.doubles(40).toArray());
      }
      double lower = GainEstimate.of(baseline, candidates, 0).orElseThrow().interval().lower();
      assertThat(lower).isLessThan(last);
      last = lower;
    }
  }

  @Test
  void comparesOnCommonExamplesOnly() {
    double[] baseline = {1, 0, Double.NaN, 1};
    double[] other = {1, 1, 1, Double.NaN};

    GainEstimate estimate = GainEstimate.of(baseline, List.of(other), 0).orElseThrow();

    assertThat(estimate.examples()).isEqualTo(2);
    assertThat(estimate.observed()).isEqualTo(0.5);
    double[] none = {Double.NaN, Double.NaN, 1, Double.NaN};
    assertThat(GainEstimate.of(baseline, List.of(none), 0)).isEmpty();
  }

  @Test
  void refusesScoresOfOtherExamples() {
    assertThatThrownBy(() -> GainEstimate.of(new double[3], List.of(new double[2]), 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2 scores, the baseline 3");
    assertThatThrownBy(() -> GainEstimate.of(new double[3], List.of(), 0))
        .isInstanceOf(InvalidInputException.class);
  }
}
