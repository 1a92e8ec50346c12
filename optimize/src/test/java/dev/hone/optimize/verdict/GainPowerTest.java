package dev.hone.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GainPowerTest {
  @Test
  void isThatOfAPairedTestForTwoPrograms() {
    // (1.96 + 1.405)² · 0.5² / 0.05², and 2 for the variance being estimated
    assertThat(GainPower.ofSpread(0.5).examples(0.05)).isBetween(1_131, 1_137);
  }

  @Test
  void needsMoreForTheBestOfMany() {
    GainPower two = GainPower.ofSpread(0.5);

    assertThat(two.bestOf(10).examples(0.05)).isBetween(1_600, 1_850);
    assertThat(two.bestOf(1).examples(0.05)).isEqualTo(two.examples(0.05));
  }

  @Test
  void gainAndExamplesAreInverse() {
    GainPower power = GainPower.ofSpread(0.3).bestOf(7);

    assertThat(power.gain(power.examples(0.04))).isCloseTo(0.04, within(0.0005));
  }

  @Test
  void takesScoresOfOneProgramToVaryByAFractionMoreInPairs() {
    double[] scores = IntStream.range(0, 100).mapToDouble(i -> i % 2).toArray();

    assertThat(GainPower.ofBaseline(scores).spread()).isCloseTo(0.5 * 1.155, within(0.01));
  }

  @Test
  void findsAGainOfThatSizeAsOftenAsItSays() {
    int examples = GainPower.ofSpread(0.5).examples(0.1);
    SplittableRandom random = new SplittableRandom(3);
    int found = 0;
    for (int run = 0; run < 400; run++) {
      double[] before = new double[examples];
      double[] after =
          IntStream.range(0, examples)
              .mapToDouble(i -> 0.1 + 0.5 * random.nextGaussian())
              .toArray();
      GainEstimate estimate = GainEstimate.of(before, List.of(after), 0).orElseThrow();
      found += estimate.interval().lower() > 0 ? 1 : 0;
    }

    assertThat(found / 400.0).isBetween(0.87, 0.97);
  }

  @Test
  void refusesWhatIsNoGainOrSpread() {
    assertThatThrownBy(() -> GainPower.ofSpread(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe use 0.55");
    assertThatThrownBy(() -> GainPower.ofSpread(0.5).examples(0))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> GainPower.ofBaseline()).isInstanceOf(InvalidInputException.class);
  }
}
