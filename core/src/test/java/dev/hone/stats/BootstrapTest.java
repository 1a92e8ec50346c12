package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static double[] mean(double[] values, int[] counts) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += counts[i] * values[i];
    }
    return new double[] {sum / Arrays.stream(counts).sum()};
  }

  private static Optional<Interval> ofMean(Bootstrap bootstrap, double... values) {
    int[] once = new int[values.length];
    Arrays.fill(once, 1);
    return bootstrap.intervals(once, 0.95, counts -> mean(values, counts)).get(0);
  }

  @Test
  void theIntervalOfAMeanIsThatOfItsFormula() {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = random.doubles(200).map(x -> 10 * x).toArray();

    Interval interval = ofMean(Bootstrap.defaults(), values).orElseThrow();

    Interval student = Interval.ofMean(values, 0.95);
    assertThat(interval.lower()).isCloseTo(student.lower(), within(0.05));
    assertThat(interval.upper()).isCloseTo(student.upper(), within(0.05));
  }

  @Test
  void equalItemsMayBeGivenAsCounts() {
    double[] values = {0, 1};
    double[] apart = new double[40];
    Arrays.fill(apart, 30, 40, 1);

    Interval byCounts =
        Bootstrap.defaults()
            .intervals(new int[] {30, 10}, 0.95, counts -> mean(values, counts))
            .get(0)
            .orElseThrow();

    assertThat(byCounts).isEqualTo(ofMean(Bootstrap.defaults(), apart).orElseThrow());
  }

  @Test
  void isTheSameForTheSameSeedOnly() {
    double[] values = {1, 2, 4, 8, 16, 3, 5, 7.5};

    assertThat(ofMean(Bootstrap.defaults().seed(3), values))
        .isEqualTo(ofMean(Bootstrap.defaults().seed(3), values))
        .isNotEqualTo(ofMean(Bootstrap.defaults().seed(4), values));
  }

  @Test
  void aSkewedSampleHasASkewedInterval() {
    double[] values = new SplittableRandom(2).doubles(60).map(x -> -Math.log(x)).toArray();

    Interval interval = ofMean(Bootstrap.defaults(), values).orElseThrow();

    double mean = Arrays.stream(values).average().orElseThrow();
    assertThat(interval.upper() - mean).isGreaterThan(mean - interval.lower());
  }

  @Test
  void whatNoResampleChangesOrMostLeaveUndefinedHasNoInterval() {
    int[] counts = {3, 3};

    assertThat(
            Bootstrap.defaults()
                .intervals(
                    counts,
                    0.95,
                    drawn ->
                        new double[] {1, Double.NaN, drawn[0] == 3 ? 1 : Double.NaN, drawn[0]}))
        .extracting(Optional::isPresent)
        .isEqualTo(List.of(false, false, false, true));
  }

  @Test
  void refusesTooFewResamples() {
    assertThatThrownBy(() -> Bootstrap.defaults().resamples(10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("resamples (10) is less than 100. Maybe raise it to 100.");
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
