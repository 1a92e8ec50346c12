package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static double[] mean(double[] values, double[] counts) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += counts[i] * values[i];
    }
    return new double[] {sum / Arrays.stream(counts).sum()};
  }

  private static BootstrapDistribution ofMean(double... values) {
    double[] once = new double[values.length];
    Arrays.fill(once, 1);
    return Bootstrap.distributions(once, counts -> mean(values, counts)).get(0);
  }

  private static Interval interval(double... values) {
    return ofMean(values).interval(0.95).orElseThrow();
  }

  @Test
  void theIntervalOfAMeanIsThatOfItsFormula() {
    double[] values = new SplittableRandom(5).doubles(200).map(x -> 10 * x).toArray();

    Interval student = Interval.ofMean(values, 0.95);
    assertThat(interval(values).lower()).isCloseTo(student.lower(), within(0.05));
    assertThat(interval(values).upper()).isCloseTo(student.upper(), within(0.05));
  }

  @Test
  void equalItemsMayBeGivenAsCounts() {
    double[] values = {0, 1};
    double[] apart = new double[40];
    Arrays.fill(apart, 30, 40, 1);

    BootstrapDistribution byCounts =
        Bootstrap.distributions(new double[] {30, 10}, counts -> mean(values, counts)).get(0);

    assertThat(byCounts.interval(0.95)).contains(interval(apart));
  }

  @Test
  void boundsAndProbabilitiesAreThoseOfTheInterval() {
    BootstrapDistribution mean = ofMean(new SplittableRandom(8).doubles(50).toArray());
    Interval interval = mean.interval(0.9).orElseThrow();

    assertThat(mean.lower(0.95, 50, 0)).isEqualTo(interval.lower());
    assertThat(mean.probabilityAbove(interval.lower())).isCloseTo(0.95, within(0.001));
    assertThat(mean.probabilityAbove(interval.upper())).isCloseTo(0.05, within(0.001));
  }

  @Test
  void whatDoesNotVaryIsAboveWhatIsLess() {
    BootstrapDistribution two = ofMean(2, 2, 2);

    assertThat(two.probabilityAbove(1)).isEqualTo(1);
    assertThat(two.probabilityAbove(2)).isEqualTo(0.5);
    assertThat(two.probabilityAbove(3)).isZero();
  }

  @Test
  void aSkewedSampleHasASkewedInterval() {
    double[] values = new SplittableRandom(2).doubles(60).map(x -> -Math.log(x)).toArray();

    Interval interval = interval(values);

    double mean = Arrays.stream(values).average().orElseThrow();
    assertThat(interval.upper() - mean).isGreaterThan(mean - interval.lower());
  }

  @Test
  void whatNoResampleChangesOrMostLeaveUndefinedHasNoInterval() {
    double[] counts = {3, 3};

    assertThat(
            Bootstrap.distributions(
                counts,
                drawn -> new double[] {1, Double.NaN, drawn[0] == 3 ? 1 : Double.NaN, drawn[0]}))
        .extracting(each -> each.interval(0.95).isPresent())
        .containsExactly(false, false, false, true);
  }

  @Test
  void aShareHasWilsonsInterval() {
    double[] scores = new double[20];
    Arrays.fill(scores, 0, 17, 1);

    assertThat(Interval.ofShare(17, 20, 0.95)).isEqualTo(Interval.ofMean(scores, 0.95));
    assertThat(Interval.ofShare(0, 20, 0.95).upper()).isCloseTo(0.1611, within(1e-4));
    assertThat(Estimate.ofShare(17, 20, 0.95)).hasToString("0.850 [0.640, 0.948]");
    assertThatThrownBy(() -> Interval.ofShare(0, 0, 0.95))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("A share of 0 in 0 has no interval");
  }
}
