package dev.hone.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, under 1 %",
    "0.0049, under 1 %",
    "0.005, 1 %",
    "0.5, 50 %",
    "0.994, 99 %",
    "0.995, over 99 %",
    "1, over 99 %"
  })
  void aProbabilityIsNeverACertainty(double probability, String words) {
    assertThat(Words.percent(probability)).isEqualTo(words);
  }
}
