package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.evaluate.PairedComparison.Finding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static Finding of(int examples, double before, double after) {
    double[] first = new double[examples];
    double[] second = new double[examples];
    Arrays.fill(first, before);
    Arrays.fill(second, after);
    return PairedComparison.of(first, second).finding();
  }

  @Test
  void worseIsFoundAsBetterIs() {
    assertThat(of(40, 0, 1)).isEqualTo(Finding.BETTER);
    assertThat(of(40, 1, 0)).isEqualTo(Finding.WORSE);
    assertThat(of(40, 1, 1)).isEqualTo(Finding.NOT_SHOWN);
  }

  @Test
  void fewExamplesShowNothing() {
    assertThat(of(Finding.FEWEST - 1, 1, 0)).isEqualTo(Finding.NOT_SHOWN);
    assertThat(of(Finding.FEWEST, 1, 0)).isEqualTo(Finding.WORSE);
  }
}
