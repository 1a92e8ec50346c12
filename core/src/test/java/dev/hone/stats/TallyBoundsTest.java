package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyBoundsTest {
  private static ObservationTally sample(SplittableRandom random, int size) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean rare = random.nextDouble() < 0.2;
      boolean found = random.nextDouble() < (rare ? 0.7 : 0.1);
      all.add(new ClassPair(rare, found));
    }
    return ObservationTally.of(all);
  }

  @Test
  void equalSetsHaveEqualIntervals() {
    ObservationTally tally = sample(new SplittableRandom(1), 100);

    assertThat(TallyBounds.interval(tally, ConfusionFormula.macroF1(), 0.95))
        .isEqualTo(TallyBounds.interval(tally, ConfusionFormula.macroF1(), 0.95));
  }

  /** Expected F1 of the rare class: 2 * 0.14 / (0.14 + 0.08 + 0.2). Measured: 0.955. */
  @Test
  void holdsTheTrueValueAboutAsOftenAsItsLevelSays() {
    SplittableRandom random = new SplittableRandom(7);
    double truth = 2 * 0.14 / 0.42;

    int held = 0;
    for (int i = 0; i < 400; i++) {
      Interval interval =
          TallyBounds.interval(sample(random, 150), ConfusionFormula.f1Of(true), 0.95);
      held += interval.contains(truth) ? 1 : 0;
    }

    assertThat(held / 400.0).isBetween(0.91, 0.98);
  }

  @Test
  void isNeverOfZeroWidth() {
    ObservationTally right =
        ObservationTally.of(
            IntStream.range(0, 50).mapToObj(i -> (Object) new ClassPair(i < 5, i < 5)).toList());

    Interval interval = TallyBounds.interval(right, ConfusionFormula.f1Of(true), 0.95);

    assertThat(interval.upper()).isEqualTo(1);
    assertThat(interval.lower()).isBetween(0.4, 0.7);
    assertThat(TallyBounds.lower(right, ConfusionFormula.f1Of(true), 0.9))
        .isCloseTo(Math.pow(0.1, 0.2), within(1e-9));
  }

  @Test
  void aShareHasWilsonsIntervalAndAnExactBound() {
    ObservationTally tally = sample(new SplittableRandom(3), 100);
    TallyFormula.Share share = ConfusionFormula.recallOf(true).share(tally).orElseThrow();
    double[] found = new double[(int) share.trials()];
    java.util.Arrays.fill(found, 0, (int) share.successes(), 1);

    assertThat(TallyBounds.interval(tally, ConfusionFormula.recallOf(true), 0.95))
        .isEqualTo(Interval.ofMean(found, 0.95));
    assertThat(TallyBounds.lower(tally, ConfusionFormula.recallOf(true), 0.9))
        .isEqualTo(BinomialBound.lower((long) share.successes(), (long) share.trials(), 0.9));
  }

  /** Of Clopper and Pearson's table: 8 of 10 at 0.975 is 0.4439, 45 of 45 at 0.9 is 0.9501. */
  @Test
  void boundsOfShares() {
    assertThat(BinomialBound.lower(8, 10, 0.975)).isCloseTo(0.4439, within(1e-4));
    assertThat(BinomialBound.lower(45, 45, 0.9)).isCloseTo(0.9501, within(1e-4));
    assertThat(BinomialBound.lower(0, 10, 0.9)).isZero();
    assertThat(BinomialBound.lower(0, 0, 0.9)).isZero();
    assertThat(BinomialBound.lower(9_500, 10_000, 0.9)).isBetween(0.946, 0.9475);
    assertThat(BinomialBound.fewestTrials(0.95, 0.9)).isEqualTo(45);
  }

  @Test
  void aBoundHoldsAtLeastAsOftenAsStated() {
    SplittableRandom random = new SplittableRandom(5);

    int missed = 0;
    for (int i = 0; i < 4_000; i++) {
      int successes =
          (int) IntStream.range(0, 30).filter(trial -> random.nextDouble() < 0.8).count();
      missed += BinomialBound.lower(successes, 30, 0.9) > 0.8 ? 1 : 0;
    }

    assertThat(missed / 4_000.0).isLessThan(0.1);
  }

  @Test
  void aTallyListsWhatItCountedAndNothingMixed() {
    ObservationTally tally = ObservationTally.of(List.of("a", "b", "a"));

    assertThat(tally.list()).containsExactly("a", "a", "b");
    assertThat(tally.size()).isEqualTo(3);
    assertThat(tally.map(any -> "c").observations()).containsExactly("c");
    assertThat(tally.plus(ObservationTally.of(Collections.singleton("b")), 0.5).size())
        .isEqualTo(3.5);
    assertThatThrownBy(
            () -> tally.plus(ObservationTally.of(Collections.singleton("b")), 0.5).list())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("1.5", "Maybe");
  }
}
