package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"dueDate", "due_date", "DUE-DATE", "Due Date", "due _ -date"})
  void isTheSameHoweverANameIsWritten(String name) {
    assertThat(FoldedName.of(name)).isEqualTo("duedate");
    assertThat(FoldedName.keepingEdges(name)).isEqualTo("duedate");
  }

  @Test
  void keepsOrDropsWhatIsAtTheEdges() {
    assertThat(FoldedName.of("-1 ")).isEqualTo("1");
    assertThat(FoldedName.of("_")).isEmpty();
    assertThat(FoldedName.keepingEdges("-1 ")).isEqualTo("-1 ");
    assertThat(FoldedName.keepingEdges("+1")).isNotEqualTo(FoldedName.keepingEdges("-1"));
    assertThat(FoldedName.keepingEdges("_")).isEqualTo("_");
  }

  @Test
  void takesANoBreakSpaceForASpaceBetweenLetters() {
    assertThat(FoldedName.keepingEdges("self\u00a0harm")).isEqualTo("selfharm");
  }

  @Test
  void keepsOtherSigns() {
    assertThat(FoldedName.of("A.b/c")).isEqualTo("a.b/c");
    assertThat(FoldedName.keepingEdges("A.-b/c")).isEqualTo("a.b/c");
  }

  @Test
  void aLongNameOfCapitalsThatHaveTwoSmallSignsTakesNoTime() {
    String name = "\u0130".repeat(1_000_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(FoldedName.of(name)).hasSize(1_000_000);
          assertThat(FoldedName.keepingEdges(name)).hasSize(1_000_000);
          assertThat(NearestName.isMisspelt(name, "answer")).isFalse();
          assertThat(NearestName.of(name, List.of("answer", "note"))).isEmpty();
        });
  }
}
