package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionsTest {
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.975, 1.959963984540054",
    "0.995, 2.5758293035489004",
    "0.01, -2.3263478740408408",
    "0.000001, -4.753424308822899"
  })
  void givesTheNormalQuantile(double probability, double expected) {
    assertThat(NormalDistribution.quantile(probability)).isCloseTo(expected, within(1e-10));
    assertThat(NormalDistribution.probability(expected)).isCloseTo(probability, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({
    "0.975, 1, 12.706204736174694",
    "0.975, 2, 4.302652729749462",
    "0.975, 3, 3.1824463052837078",
    "0.995, 4, 4.604094871349992",
    "0.9, 7, 1.4149239276505086",
    "0.975, 29, 2.045229642132703",
    "0.025, 30, -2.042272456301238",
    "0.975, 299, 1.9679296690656698",
    "0.9995, 1000, 3.300282648423944",
    "0.9995, 1001, 3.3002728760660403",
    "0.975, 100000, 1.9599877075346095"
  })
  void givesStudentsQuantile(double probability, int degrees, double expected) {
    assertThat(StudentDistribution.quantile(probability, degrees))
        .isCloseTo(expected, Percentage.withPercentage(1e-7));
  }

  @Test
  void givesNormalProbabilitiesFarOut() {
    assertThat(NormalDistribution.probability(9)).isEqualTo(1);
    assertThat(NormalDistribution.probability(-9)).isZero();
    assertThat(NormalDistribution.probability(0)).isEqualTo(0.5);
  }

  @Test
  void hasNoProbabilityForWhatIsNoNumber() {
    assertThat(NormalDistribution.probability(Double.NaN)).isNaN();
  }
}
