package dev.hone.benchmarks.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignedRankTest {
  /**
   * Values of scipy.stats.wilcoxon(d, alternative="less", zero_method="zsplit", method="approx").
   */
  @Test
  void agreesWithScipy() {
    assertThat(SignedRank.less(new double[] {-1, -1, 0, 0, -1, 1, 0, -1}))
        .isCloseTo(0.09696542614120535, within(1e-9));
    assertThat(SignedRank.less(new double[] {0.5, -0.25, 1, 0.75, -0.5, 0.1}))
        .isCloseTo(0.8534112702177443, within(1e-9));
  }

  @Test
  void isUndecidedWhereAllAreEqual() {
    assertThat(SignedRank.less(new double[] {0, 0, 0})).isEqualTo(0.5);
  }
}
