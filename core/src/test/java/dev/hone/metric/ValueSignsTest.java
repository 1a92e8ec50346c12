package dev.hone.metric;

import static dev.hone.metric.TextAnswers.score;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.metric.TextAnswers.Out;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signs that are punctuation in prose, and a part of the value in a power, a grade or a range. */
class ValueSignsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "1e5 ~ 1e-5",
        "2**3 ~ 23",
        "a*b ~ ab",
        "A* ~ A",
        "5' ~ 5\"",
        "5\" ~ 5",
        "[0,1) ~ [0,1]",
        "[0, 1) ~ (0, 1]",
        "Type A ~ Type B",
        "Hepatitis A ~ Hepatitis",
        "vitamin a. ~ vitamin"
      })
  void areCompared(String one, String other) {
    assertThat(score(Metric.f1(Out::answer), one, other)).isLessThan(1);
    assertThat(score(Metric.f1(Out::answer), other, one)).isLessThan(1);
    assertThat(score(Metric.contains(Out::answer), one, other)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "1e-5 ~ 1E-5.",
        "2**3 ~ 2^3",
        "**A** ~ A",
        "*-5* ~ -5",
        "A* ~ (A*)",
        "\"-5\" ~ -5",
        "\"the '5'\" ~ 5",
        "5' ~ 5′",
        "5\" ~ 5″",
        "5'10\" ~ 5′10″",
        "don't say '5' ~ dont say 5",
        "[0,1) ~ [0,1).",
        "Type A ~ \"type A\".",
        "the cat ~ A cat"
      })
  void areTheSameInAnyDress(String one, String other) {
    assertThat(score(Metric.f1(Out::answer), one, other)).isEqualTo(1);
    assertThat(score(Metric.f1(Out::answer), other, one)).isEqualTo(1);
    assertThat(score(Metric.contains(Out::answer), one, other)).isEqualTo(1);
  }
}
