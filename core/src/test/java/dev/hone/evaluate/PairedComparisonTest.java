package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.context.Spend;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.metric.Score;
import dev.hone.stats.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class PairedComparisonTest {
  @Test
  void isSharperThanTheTwoIntervals() {
    SplittableRandom random = new SplittableRandom(3);
    double[] baseline = random.doubles(100).map(x -> x * 0.9).toArray();
    double[] other =
        Arrays.stream(baseline).map(x -> x + 0.05 + random.nextDouble() / 20).toArray();

    PairedComparison comparison = PairedComparison.of(baseline, other);

    assertThat(comparison.examples()).isEqualTo(100);
    assertThat(comparison.meanDifference()).isCloseTo(0.075, within(0.01));
    assertThat(comparison.interval().lower()).isGreaterThan(0.06);
    assertThat(comparison.probabilityBetter()).isGreaterThan(0.999);
    assertThat(Interval.ofMean(other, 0.95).lower())
        .isLessThan(Interval.ofMean(baseline, 0.95).upper());
  }

  @Test
  void turnsItsSignWhenTheSidesAreSwapped() {
    double[] baseline = {0, 1, 1, 0.5, 0, 1};
    double[] other = {1, 1, 0.5, 1, 0, 1};

    PairedComparison comparison = PairedComparison.of(baseline, other);
    PairedComparison swapped = PairedComparison.of(other, baseline);

    assertThat(swapped.meanDifference()).isCloseTo(-comparison.meanDifference(), within(1e-12));
    assertThat(swapped.interval().lower()).isCloseTo(-comparison.interval().upper(), within(1e-12));
    assertThat(swapped.probabilityBetter())
        .isCloseTo(1 - comparison.probabilityBetter(), within(1e-12));
  }

  @Test
  void isUndecidedForEqualScoresButNotCertain() {
    PairedComparison comparison = PairedComparison.of(new double[30], new double[30]);

    assertThat(comparison.meanDifference()).isZero();
    assertThat(comparison.probabilityBetter()).isEqualTo(0.5);
    assertThat(comparison.interval().lower()).isNegative();
    assertThat(comparison.interval().upper()).isPositive();
  }

  @Test
  void isNotSureAfterOneExample() {
    PairedComparison comparison = PairedComparison.of(new double[] {0}, new double[] {1});

    assertThat(comparison.probabilityBetter()).isBetween(0.5, 0.99);
    assertThat(comparison.interval().lower()).isNegative();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 200})
  void isSureJustWhereItsIntervalLeavesOutZero(int size) {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] baseline = random.doubles(size).map(Math::round).toArray();
      double[] other = random.doubles(size).map(x -> x < 0.3 ? 0 : 1).toArray();

      PairedComparison comparison = PairedComparison.of(baseline, other);

      assertThat(comparison.probabilityBetter() > 0.975)
          .isEqualTo(comparison.interval().lower() > 0);
      assertThat(comparison.probabilityBetter() < 0.025)
          .isEqualTo(comparison.interval().upper() < 0);
    }
  }

  @Test
  void holdsTheTrueDifferenceAboutAsOftenAsItsLevelSays() {
    SplittableRandom random = new SplittableRandom(11);

    for (int size : new int[] {30, 120}) {
      int held = 0;
      for (int i = 0; i < 2_000; i++) {
        double[] hardness = random.doubles(size).toArray();
        double[] baseline = Arrays.stream(hardness).map(h -> h < 0.6 ? 1 : 0).toArray();
        double[] other =
            Arrays.stream(hardness)
                .map(h -> h < 0.75 && random.nextDouble() < 0.95 ? 1 : 0)
                .toArray();
        double truth = 0.75 * 0.95 - 0.6;
        held += PairedComparison.of(baseline, other).interval().contains(truth) ? 1 : 0;
      }

      assertThat(held / 2_000.0).isBetween(0.92, 0.98);
    }
  }

  @Test
  void comparesEvaluationsOfTheSameExamplesWhereBothCount() {
    PairedComparison comparison =
        PairedComparison.of(evaluation(0.0, 0.0, null, 1.0), evaluation(1.0, 1.0, 1.0, null));

    assertThat(comparison.examples()).isEqualTo(2);
    assertThat(comparison.meanDifference()).isEqualTo(1);
  }

  @Test
  void refusesScoresThatDoNotBelongTogether() {
    assertThatThrownBy(() -> PairedComparison.of(new double[2], new double[3]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("2 scores", "3", "Maybe");
    assertThatThrownBy(() -> PairedComparison.of(evaluation(1.0), evaluation(1.0, 0.0)))
        .hasMessageContaining("not of the same examples");
    assertThatThrownBy(
            () -> PairedComparison.of(evaluation(1.0, null), evaluation(new Double[] {null, 1.0})))
        .hasMessageContaining("no scores");
  }

  private static Evaluation<ObjectNode, ObjectNode> evaluation(Double... scores) {
    List<ExampleResult<ObjectNode, ObjectNode>> results =
        IntStream.range(0, scores.length).mapToObj(i -> result(i, scores[i])).toList();
    return Evaluation.of(results, 0);
  }

  private static ExampleResult<ObjectNode, ObjectNode> result(int index, Double score) {
    ObjectNode output = Json.object().put("answer", "x");
    Outcome<ObjectNode> outcome =
        score == null
            ? new Outcome.MetricFailed<>(output, new IllegalStateException("no"))
            : new Outcome.Scored<>(output, Score.of(score));
    return ExampleResult.of(Example.of(Json.object().put("n", index), output), outcome, Spend.NONE);
  }
}
