package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The mean of finite numbers is finite, and so are the ends of its interval. */
class HugeScoresTest {
  private static final double MAX = Double.MAX_VALUE;

  static Stream<Arguments> means() {
    return Stream.of(
        Arguments.of(new double[] {1e308, 1e308}, 1e308),
        Arguments.of(new double[] {-1e308, -1e308, -1e308}, -1e308),
        Arguments.of(new double[] {1e308, 1e308, -1e308, -1e308}, 0.0),
        Arguments.of(new double[] {MAX, MAX, MAX}, MAX),
        Arguments.of(new double[] {-MAX, -MAX}, -MAX),
        Arguments.of(new double[] {MAX, 0}, MAX / 2),
        Arguments.of(new double[] {1.5e308, 1e308, 0.5e308}, 1e308),
        Arguments.of(new double[] {0.1, 0.2, 0.3, 0.4}, 0.25),
        Arguments.of(new double[] {Double.MIN_VALUE, Double.MIN_VALUE}, Double.MIN_VALUE),
        Arguments.of(new double[] {7}, 7.0));
  }

  @ParameterizedTest
  @MethodSource("means")
  void theMeanIsWhatItIs(double[] values, double mean) {
    assertThat(Mean.of(values)).isCloseTo(mean, within(Math.abs(mean) * 1e-12));
  }

  @ParameterizedTest
  @MethodSource("means")
  void theIntervalIsFiniteAndHoldsTheMean(double[] values, double mean) {
    Interval interval = Interval.ofMean(values, 0.95);

    assertThat(interval.lower()).isFinite();
    assertThat(interval.upper()).isFinite();
    assertThat(interval.width()).isFinite().isNotNegative();
    assertThat(interval.contains(Mean.of(values))).isTrue();
  }

  @Test
  void ordinaryNumbersHaveTheMeanTheyHad() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 1_000; i++) {
      double[] values = random.doubles(1 + i % 50).map(d -> (d - 0.5) * 1e6).toArray();

      assertThat(Mean.of(values)).isEqualTo(Arrays.stream(values).average().orElseThrow());
    }
  }

  @Test
  void theIntervalOfHugeScoresIsThatOfOrdinaryOnesOnAnotherScale() {
    double[] ordinary = {10, 20, 25, 40, 17};
    Interval expected = Interval.ofMean(ordinary, 0.95);

    for (double factor : new double[] {1e139, 1e150, 1e200, 1e300, 1e306}) {
      Interval interval =
          Interval.ofMean(Arrays.stream(ordinary).map(s -> s * factor).toArray(), 0.95);

      assertThat(interval.lower() / factor).isCloseTo(expected.lower(), within(1e-9));
      assertThat(interval.upper() / factor).isCloseTo(expected.upper(), within(1e-9));
    }
  }

  @Test
  void aMeanOfNothingOrOfWhatIsNotFiniteIsNotMadeUp() {
    assertThatThrownBy(() -> Mean.of(new double[0]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("There are no numbers to take the mean of. Maybe");
    assertThat(Mean.of(new double[] {Double.NaN, 1})).isNaN();
    assertThat(Mean.of(new double[] {Double.POSITIVE_INFINITY, 1}))
        .isEqualTo(Double.POSITIVE_INFINITY);
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> Interval.ofMean(new double[] {1, bad}, 0.95))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected a finite number");
    }
  }
}
