package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrong key sk-abcdef123456 given | wrong key sk-[hidden] given",
        "Authorization: Bearer abc.def-123 | Authorization: Bearer [hidden]",
        "GET /v1?key=abcdef123&n=1 | GET /v1?key=[hidden]&n=1",
        "api_key=abcdef123, n=1 | api_key=[hidden], n=1",
        "https://me:pass@example.org/v1 | https://example.org/v1"
      })
  void hidesWhatLooksLikeACredential(String text, String expected) {
    assertThat(Redaction.of(text)).isEqualTo(expected);
    assertThat(Redaction.of(expected)).isEqualTo(expected);
  }

  @Test
  void leavesOtherTextsAsTheyAre() {
    String text =
        "The model openai:gpt-4o-mini failed on https://example.org/v1: check the API key";

    assertThat(Redaction.of(text)).isEqualTo(text);
  }
}
