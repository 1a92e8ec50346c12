package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundedTest {
  @Test
  void halvesGoUpThoughTheBinaryFractionIsBelowThem() {
    assertThat(100 * 0.6375).isLessThan(63.75);
    assertThat(Rounded.points(0.6375)).isEqualTo("63.8");
    assertThat(Rounded.points(51 / 80.0)).isEqualTo("63.8");
    assertThat(Rounded.points(0.5675)).isEqualTo("56.8");
    assertThat(Rounded.points(0.7345)).isEqualTo("73.5");
    assertThat(Rounded.points(58.76 / 80)).isEqualTo("73.5");
    assertThat(Rounded.of(1.0005, 3)).isEqualTo("1.001");
  }

  @Test
  void everyHalfOfATenthOfAPointGoesUp() {
    for (int half = 5; half < 10_000; half += 10) {
      double score = half / 10_000.0;
      int tenths = half / 10 + 1;

      assertThat(Rounded.points(score)).isEqualTo(tenths / 10 + "." + tenths % 10);
    }
  }

  @Test
  void whatIsBelowAHalfGoesDownAndSignsAreKept() {
    assertThat(Rounded.points(0.73449)).isEqualTo("73.4");
    assertThat(Rounded.points(1)).isEqualTo("100.0");
    assertThat(Rounded.signedPoints(0.125)).isEqualTo("+12.5");
    assertThat(Rounded.signedPoints(-0.0345)).isEqualTo("-3.5");
    assertThat(Rounded.signedPoints(-0.0001)).isEqualTo("+0.0");
    assertThat(Rounded.signedOf(0.0125, 3)).isEqualTo("+0.013");
    assertThat(Rounded.points(Double.NaN)).isEqualTo("NaN");
  }
}
