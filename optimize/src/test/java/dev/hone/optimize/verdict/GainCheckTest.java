package dev.hone.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.optimize.Verdict;
import dev.hone.optimize.Verdict.Improved;
import dev.hone.optimize.Verdict.NoSignificantGain;
import dev.hone.optimize.Verdict.Saturated;
import dev.hone.optimize.Verdict.TooFewExamples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GainCheckTest {
  /** Right on the first examples, so many in a hundred. */
  private static double[] right(int percent, int examples) {
    return IntStream.range(0, examples)
        .mapToDouble(i -> i * 100 < percent * examples ? 1 : 0)
        .toArray();
  }

  /** Noise of a coin of its own, around the same rate. */
  private static double[] coin(int examples, long seed) {
    return new java.util.SplittableRandom(seed)
        .doubles(examples)
        .map(u -> u < 0.5 ? 1 : 0)
        .toArray();
  }

  @Test
  void isImprovedWhereTheIntervalLiesAboveZero() {
    Verdict verdict =
        GainCheck.of(right(40, 100), List.of(right(45, 100), right(70, 100)))
            .returned(1)
            .verdict()
            .orElseThrow();

    assertThat(verdict).isInstanceOf(Improved.class);
    assertThat(verdict.toString()).startsWith("Improved by 0.").contains("better with a prob");
    assertThat(((Improved) verdict).by()).isBetween(0.15, 0.3);
    assertThat(((Improved) verdict).interval().lower()).isPositive();
  }

  @Test
  void isNotImprovedWhereTheBaselineIsReturned() {
    assertThat(GainCheck.of(right(40, 100), List.of(right(70, 100))).verdict().orElseThrow())
        .isNotInstanceOf(Improved.class);
  }

  @Test
  void isSaturatedWhereTheBaselineIsAtTheTop() {
    Verdict verdict =
        GainCheck.of(right(98, 50), List.of(right(100, 50))).returned(0).verdict().orElseThrow();

    assertThat(verdict).isEqualTo(new Saturated(0.98, 50));
    assertThat(verdict.improved()).isFalse();
  }

  @Test
  void saysHowManyExamplesAreNeededWhereThereAreTooFew() {
    Verdict verdict =
        GainCheck.of(coin(60, 1), List.of(coin(60, 2), coin(60, 3)))
            .returned(0)
            .verdict()
            .orElseThrow();

    assertThat(verdict).isInstanceOf(TooFewExamples.class);
    TooFewExamples few = (TooFewExamples) verdict;
    assertThat(few.examples()).isEqualTo(60);
    assertThat(few.needed()).isBetween(1_500, 4_000); // differences of two coins vary by 0.7
    assertThat(few.toString()).contains("60 compared, %d needed".formatted(few.needed()));
  }

  @Test
  void hasNoSignificantGainWhereExamplesWouldHaveShownOne() {
    Verdict verdict =
        GainCheck.of(coin(4_000, 1), List.of(coin(4_000, 2))).returned(0).verdict().orElseThrow();

    assertThat(verdict).isInstanceOf(NoSignificantGain.class);
  }

  @Test
  void hasNoSignificantGainWhereAllElseIsWorse() {
    assertThat(GainCheck.of(right(70, 100), List.of(right(30, 100))).verdict().orElseThrow())
        .isInstanceOf(NoSignificantGain.class);
  }

  @Test
  void takesAProbabilityThatIsKnownBetter() {
    Verdict verdict =
        GainCheck.of(right(40, 100), List.of(right(70, 100)))
            .returned(0)
            .probability(0.77)
            .verdict()
            .orElseThrow();

    assertThat(((Improved) verdict).probability()).isEqualTo(0.77);
    assertThat(verdict.toString()).contains("77 %");
  }

  @Test
  void hasNoVerdictWhereNothingCanBeCompared() {
    double[] none = new double[10];
    Arrays.fill(none, Double.NaN);

    assertThat(GainCheck.of(right(40, 10), List.of(none)).returned(0).verdict()).isEmpty();
    assertThat(GainCheck.of(right(40, 10), List.of()).verdict()).isEmpty();
  }

  @Test
  void measuresWhatMattersBySpreadWhereScoresAreNoShares() {
    double[] baseline = IntStream.range(0, 50).mapToDouble(i -> 10.0 * (i % 5)).toArray();
    double[] better = Arrays.stream(baseline).map(score -> score + 15).toArray();

    assertThat(GainCheck.of(baseline, List.of(better)).returned(0).verdict().orElseThrow())
        .isInstanceOf(Improved.class);
  }

  @Test
  void aFewEqualScoresAreNeitherAGainNorTheTop() {
    Verdict all = GainCheck.of(right(0, 5), List.of(right(100, 5))).returned(0).verdict().get();
    Verdict top = GainCheck.of(right(100, 9), List.of(right(100, 9))).returned(0).verdict().get();

    assertThat(all).isInstanceOf(TooFewExamples.class);
    assertThat(((TooFewExamples) all).needed()).isGreaterThanOrEqualTo(10);
    assertThat(top).isInstanceOf(TooFewExamples.class);
    assertThat(((TooFewExamples) top).needed()).isGreaterThanOrEqualTo(10);
    assertThat(GainCheck.of(right(100, 10), List.of(right(100, 10))).returned(0).verdict().get())
        .isInstanceOf(Saturated.class);
  }
}
