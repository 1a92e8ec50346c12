package dev.hone.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
