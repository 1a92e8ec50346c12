package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommonTextTest {
  @Test
  void quotesTextsThatAreEqualOnce() {
    assertThat(CommonText.of("reply", List.of("no", " no\n", "no"), 50))
        .isEqualTo("All replies are \"no\".");
    assertThat(CommonText.of("problem", List.of("", "  "), 50))
        .isEqualTo("All problems are empty.");
    assertThat(CommonText.of("reply", List.of("only"), 50)).isEqualTo("The reply is \"only\".");
  }

  @Test
  void quotesALongBeginningUpToTheLastWholeWord() {
    assertThat(CommonText.of("reply", List.of("I cannot answer this", "I cannot answer that"), 50))
        .isEqualTo("All replies begin with \"I cannot answer\".");
    assertThat(CommonText.of("reply", List.of("I cannot answer", "I cannot answer that"), 50))
        .isEqualTo("All replies begin with \"I cannot answer\".");
    assertThat(CommonText.of("reply", List.of("abcdefghijklmnop", "abcdefghijklmxyz"), 50))
        .isEqualTo("All replies begin with \"abcdefghijklm\".");
  }

  @Test
  void quotesTheFirstWhereTheyShareNothingThatSaysSomething() {
    assertThat(CommonText.of("reply", List.of("I see", "I do"), 50))
        .isEqualTo("The first reply: \"I see\".");
    assertThat(CommonText.of("reply", List.of("yes", ""), 50))
        .isEqualTo("The first reply: \"yes\".");
  }

  @Test
  void cutsWhatIsLongAndNoCharacterInHalf() {
    assertThat(CommonText.of("reply", List.of("x".repeat(9_000), "x".repeat(9_000)), 10))
        .isEqualTo("All replies are \"xxxxxxxxxx…\".");
    String smile = "abcdefghijklm\uD83D\uDE00";
    String frown = "abcdefghijklm\uD83D\uDE01";
    assertThat(CommonText.of("reply", List.of(smile, frown), 50))
        .isEqualTo("All replies begin with \"abcdefghijklm\".");
  }
}
