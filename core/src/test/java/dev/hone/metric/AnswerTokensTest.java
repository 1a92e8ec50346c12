package dev.hone.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.data.Example;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class AnswerTokensTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "The quick, brown Fox! > quick brown fox",
        "an apple a day > apple day",
        "U.S. > us",
        "well-known > wellknown",
        "It costs $3.50. > it costs $ 3.50",
        "-5 or (-5) and 3-2 > -5 or -5 and 3-2",
        "ＡＢＣ\u00a0ﬁn > abc fin",
        "東京に > 東 京 に",
        "'...' > ...",
        "Größe: 1,000 > größe 1000"
      })
  void readsAsPeopleCompare(String text, String words) {
    assertThat(String.join(" ", AnswerTokens.of(text, "").expected())).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "A, The answer is A, a, the answer is a",
    "The A, B, the a, b",
    "+, + or -, +, + or -",
    "a fox, The, fox, ''"
  })
  void keepsArticlesAndSignsWhereTheLabelIsNothingElse(
      String expected, String actual, String expectedWords, String actualWords) {
    AnswerTokens.Pair words = AnswerTokens.of(expected, actual);

    assertThat(String.join(" ", words.expected())).isEqualTo(expectedWords);
    assertThat(String.join(" ", words.actual())).isEqualTo(actualWords);
  }

  record In(String text) {}

  record Out(String answer) {}

  /** Capitals with two small signs, words whose last letter has a form of its own, and accents. */
  @ParameterizedTest
  @ValueSource(strings = {"\u0130", "\u03a3", "\u0301"})
  void comparesVeryManyOfAnySignInTimeThatGrowsWithItsLength(String sign) {
    Example<In, Out> example = Example.of(new In("x"), new Out(sign.repeat(400_000)));

    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (Metric<In, Out> metric :
              List.<Metric<In, Out>>of(
                  Metric.f1(Out::answer),
                  Metric.contains(Out::answer),
                  Metric.exact(Out::answer),
                  Metric.answerExactMatch(Out::answer))) {
            assertThat(
                    metric
                        .score(
                            example,
                            example.expected(),
                            RunTrace.of(RunTrace.Purpose.EVALUATE, List.of()))
                        .value())
                .isEqualTo(1);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"ΟΔΟΣ, οδος", "ΟΔΟΣ, οδοσ", "İzmir, i\u0307zmir", "GROẞ, groß"})
  void lettersThatDifferInCaseOnlyAreEqual(String expected, String actual) {
    assertThat(AnswerTokens.of(expected, actual).expected())
        .isEqualTo(AnswerTokens.of(expected, actual).actual());
    assertThat(AnswerText.normalized(expected)).isEqualTo(AnswerText.normalized(actual));
  }
}
