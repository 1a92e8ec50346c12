package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  /** Distributions of scores as metrics give them, each with its true mean. */
  private enum Scores {
    COIN(0.5, random -> random.nextInt(2)),
    MOSTLY_RIGHT(0.9, random -> random.nextDouble() < 0.9 ? 1 : 0),
    UNIFORM(0.5, SplittableRandom::nextDouble),
    NARROW(0.55, random -> 0.5 + random.nextDouble() / 10),
    SKEWED(2.0 / 3, random -> Math.sqrt(random.nextDouble())),
    VERY_SKEWED(0.25, random -> Math.pow(random.nextDouble(), 3)),
    ZERO_OR_GRADED(0.25, random -> random.nextBoolean() ? random.nextDouble() : 0),
    HALF_OR_FULL(0.975, random -> random.nextDouble() < 0.95 ? 1 : 0.5),
    EXACT_AND_JACCARD(
        0.6625,
        random ->
            ((random.nextDouble() < 0.7 ? 1 : 0) + new double[] {0, 0.5, 1, 1}[random.nextInt(4)])
                / 2),
    OUT_OF_TEN(
        5.5, random -> IntStream.range(0, 10).mapToDouble(i -> random.nextDouble()).sum() + 0.5);

    private final double mean;
    private final ToDoubleFunction<SplittableRandom> draw;

    Scores(double mean, ToDoubleFunction<SplittableRandom> draw) {
      this.mean = mean;
      this.draw = draw;
    }

    double[] sample(int size, SplittableRandom random) {
      return IntStream.range(0, size).mapToDouble(i -> draw.applyAsDouble(random)).toArray();
    }
  }

  @ParameterizedTest
  @EnumSource(Scores.class)
  void holdsTheTrueMeanAboutAsOftenAsItsLevelSays(Scores scores) {
    SplittableRandom random = new SplittableRandom(7);

    for (int size : new int[] {30, 100, 300}) {
      int samples = 2_000;
      int held = 0;
      for (int i = 0; i < samples; i++) {
        held += Interval.ofMean(scores.sample(size, random), 0.95).contains(scores.mean) ? 1 : 0;
      }

      assertThat((double) held / samples).as("%s, %d examples", scores, size).isBetween(0.92, 0.98);
    }
  }

  @Test
  void isWilsonsForScoresOfZeroAndOne() {
    double[] scores = new double[50];
    Arrays.fill(scores, 0, 43, 1);

    Interval interval = Interval.ofMean(scores, 0.95);

    assertThat(interval.lower()).isCloseTo(0.738138, within(1e-6));
    assertThat(interval.upper()).isCloseTo(0.930492, within(1e-6));
  }

  @Test
  void isStudentsForScoresOnAnotherScale() {
    Interval interval = Interval.ofMean(new double[] {3, 5, 7, 9}, 0.95);

    assertThat(interval.lower()).isCloseTo(1.8914795, within(1e-6));
    assertThat(interval.upper()).isCloseTo(10.1085205, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.5, 1, 7, -2})
  void hasAWidthForEqualScoresThatShrinksWithTheirNumber(double score) {
    double before = Double.POSITIVE_INFINITY;

    for (int size : new int[] {1, 2, 10, 100}) {
      double[] scores = new double[size];
      Arrays.fill(scores, score);
      Interval interval = Interval.ofMean(scores, 0.95);

      assertThat(interval.contains(score)).isTrue();
      assertThat(interval.width()).isGreaterThan(0).isLessThan(before);
      before = interval.width();
    }
  }

  @Test
  void staysWithinZeroAndOneForScoresThatDo() {
    SplittableRandom random = new SplittableRandom(1);

    for (Scores scores : Scores.values()) {
      for (int size = 1; size < 8 && scores != Scores.OUT_OF_TEN; size++) {
        double[] sample = scores.sample(size, random);
        Interval interval = Interval.ofMean(sample, 0.99);

        assertThat(interval.lower()).isBetween(0.0, 1.0);
        assertThat(interval.upper()).isBetween(interval.lower(), 1.0);
        assertThat(interval.contains(Arrays.stream(sample).average().orElseThrow())).isTrue();
      }
    }
  }

  @Test
  void isWiderForAHigherLevel() {
    double[] scores = {0.2, 0.9, 1, 0.4};

    assertThat(Interval.ofMean(scores, 0.99).width())
        .isGreaterThan(Interval.ofMean(scores, 0.8).width());
  }

  @Test
  void refusesNoScoresBadScoresAndBadLevels() {
    assertThatThrownBy(() -> Interval.ofMean(new double[0], 0.95))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no scores");
    assertThatThrownBy(() -> Interval.ofMean(new double[] {1, Double.NaN}, 0.95))
        .hasMessageContaining("A score is NaN");
    for (double level : new double[] {0, 1, 95, Double.NaN}) {
      assertThatThrownBy(() -> Interval.ofMean(new double[] {1}, level))
          .hasMessageContainingAll("level (" + level + ")", "Maybe use 0.95");
    }
    assertThatThrownBy(() -> new Interval(1, 0, 0.95)).hasMessageContaining("exceeds");
  }

  @ParameterizedTest
  @EnumSource(Scores.class)
  void theIntervalOfPartsPutTogetherIsThatOfAll(Scores scores) {
    SplittableRandom random = new SplittableRandom(11);
    double[] all = scores.sample(300, random);
    Interval.Sample parts = Interval.Sample.NONE;
    for (int i = 0; i < all.length; ) {
      int end = Math.min(all.length, i + random.nextInt(60));
      parts = parts.plus(Interval.Sample.of(Arrays.copyOfRange(all, i, end)));
      i = end;
    }

    Interval whole = Interval.ofMean(all, 0.95);
    Interval merged = Interval.ofMean(parts, 0.95);

    assertThat(parts.size()).isEqualTo(300);
    assertThat(parts.mean()).isCloseTo(Arrays.stream(all).average().orElseThrow(), within(1e-12));
    assertThat(merged.lower()).isCloseTo(whole.lower(), within(1e-12));
    assertThat(merged.upper()).isCloseTo(whole.upper(), within(1e-12));
  }

  @Test
  void equalScoresStayEqualWhenPutTogether() {
    Interval.Sample parts = Interval.Sample.of(0.3, 0.3).plus(Interval.Sample.of(0.3));

    assertThat(Interval.ofMean(parts, 0.95))
        .isEqualTo(Interval.ofMean(new double[] {0.3, 0.3, 0.3}, 0.95));
    assertThatThrownBy(() -> Interval.ofMean(Interval.Sample.NONE, 0.95))
        .hasMessageContaining("There are no scores");
  }
}
