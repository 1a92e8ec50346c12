package dev.hone.optimize.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedDifferenceTest {
  private static final double NONE = Double.NaN;

  private static PairedDifference of(double[] scores, double[] others) {
    return PairedDifference.of(scores, others).orElseThrow();
  }

  private static double[] repeated(double value, int times) {
    double[] all = new double[times];
    Arrays.fill(all, value);
    return all;
  }

  @Test
  void takesTheExamplesThatBothHave() {
    PairedDifference difference =
        of(new double[] {1, 0.5, NONE, 1, NONE}, new double[] {0, 0.25, 1, NONE, NONE});

    assertThat(difference.examples()).isEqualTo(2);
    assertThat(difference.mean()).isCloseTo(0.625, within(1e-12));
    assertThat(PairedDifference.of(new double[] {1, NONE}, new double[] {NONE, 1})).isEmpty();
    assertThatThrownBy(() -> PairedDifference.of(new double[1], new double[2]))
        .hasMessage("1 scores beside 2");
  }

  @Test
  void ofTheTwoTheOtherWayRoundIsTheOpposite() {
    double[] one = {1, 0, 1, 1, 0.5};
    double[] other = {0, 0, 1, 0.5, 1};

    PairedDifference difference = of(one, other);
    PairedDifference opposite = of(other, one);

    assertThat(opposite.mean()).isCloseTo(-difference.mean(), within(1e-12));
    assertThat(opposite.interval().lower()).isCloseTo(-difference.interval().upper(), within(1e-9));
    assertThat(opposite.probabilityOfBetter())
        .isCloseTo(1 - difference.probabilityOfBetter(), within(1e-9));
  }

  @Test
  void equalScoresShowNothingAndAreNotCertain() {
    for (int size : new int[] {1, 3, 40}) {
      PairedDifference alike = of(repeated(1, size), repeated(1, size));

      assertThat(alike.probabilityOfBetter()).isEqualTo(0.5);
      assertThat(alike.interval().contains(0)).isTrue();
      assertThat(alike.interval().width()).isPositive();
    }
    PairedDifference same = of(new double[] {1, 0, 1}, new double[] {1, 0, 1});
    assertThat(same.probabilityOfBetter()).isEqualTo(0.5);
    assertThat(same.interval().width()).isPositive();
  }

  @Test
  void aFewDifferencesWithoutVarianceAreNoCertainty() {
    assertThat(of(new double[] {1}, new double[] {0}).probabilityOfBetter()).isBetween(0.5, 0.7);
    assertThat(of(repeated(1, 3), repeated(0, 3)).probabilityOfBetter()).isBetween(0.6, 0.97);
    assertThat(of(repeated(1, 60), repeated(0, 60)).probabilityOfBetter()).isGreaterThan(0.99);
    assertThat(of(repeated(1, 3), repeated(0, 3)).interval().width()).isGreaterThan(0.5);
  }

  @Test
  void theScaleOfScoresDoesNotMatter() {
    double[] one = {1, 0, 1, 1, 0.5};
    double[] other = {0, 0, 1, 0.5, 1};

    assertThat(of(times(one, 100), times(other, 100)).probabilityOfBetter())
        .isCloseTo(of(one, other).probabilityOfBetter(), within(1e-9));
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  /**
   * The best of eight beside a baseline, on examples of common difficulty.
   *
   * @param lead its true lead
   */
  private record Best(double lead, PairedDifference difference) {
    static Best ofEight(int examples, double spread, SplittableRandom random) {
      double[] difficulty = uniform(examples, random);
      double[] baseline = plus(difficulty, 0, random);
      double[] best = baseline;
      double highest = Double.NEGATIVE_INFINITY;
      double lead = 0;
      for (int candidate = 0; candidate < 8; candidate++) {
        double own = spread * Math.sqrt(2 / 3.0) * random.nextGaussian();
        double[] scores = plus(difficulty, own, random);
        double mean = Arrays.stream(scores).average().orElseThrow();
        if (mean > highest) {
          highest = mean;
          best = scores;
          lead = own;
        }
      }
      return new Best(lead, of(best, baseline));
    }

    private static double[] uniform(int examples, SplittableRandom random) {
      return random.doubles(examples).map(u -> 2 * u - 1).toArray();
    }

    private static double[] plus(double[] difficulty, double lead, SplittableRandom random) {
      return Arrays.stream(difficulty).map(d -> d + lead + 2 * random.nextDouble() - 1).toArray();
    }
  }

  /** Cautious, since all eight are compared with the same luck of the baseline. */
  @ParameterizedTest
  @ValueSource(ints = {10, 15, 30, 60})
  void theBestOfManyIsBetterAtLeastAsOftenAsItSays(int examples) {
    SplittableRandom random = new SplittableRandom(examples);
    double stated = 0;
    double right = 0;
    int sure = 0;
    for (int run = 0; run < 3000; run++) {
      Best best = Best.ofEight(examples, 0.25, random);
      if (best.difference().probabilityOfBetter() > 0.8) {
        sure++;
        stated += best.difference().probabilityOfBetter();
        right += best.lead() > 0 ? 1 : 0;
      }
    }
    assertThat(sure).isGreaterThan(1000);
    assertThat(right / sure - stated / sure).isBetween(0.0, 0.08);
  }

  /** Where all are equal, a plain t of the best of eight is over 0.9 in 34 to 37 %. */
  @ParameterizedTest
  @ValueSource(ints = {10, 15, 30, 60})
  void luckAloneSeldomLooksSure(int examples) {
    SplittableRandom random = new SplittableRandom(examples);
    int sure = 0;
    for (int run = 0; run < 3000; run++) {
      sure += Best.ofEight(examples, 0, random).difference().probabilityOfBetter() > 0.9 ? 1 : 0;
    }
    assertThat(sure / 3000.0).isLessThan(examples <= 15 ? 0.2 : 0.33);
  }
}
