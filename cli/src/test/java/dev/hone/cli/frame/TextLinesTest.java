package dev.hone.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextLinesTest {
  @Test
  void wrapsBehindALabel() {
    assertThat(TextLines.wrapped("a: ", "one two three\nfour", 10))
        .containsExactly("a: one two", "   three", "   four");
  }

  @Test
  void letsNoTextControlTheTerminal() {
    assertThat(TextLines.cut("a\u001b[2J\nb\r", 80)).isEqualTo("a [2J b ");
    assertThat(TextLines.wrapped("", "a\u001b[2Jb", 80)).containsExactly("a [2Jb");
  }

  @Test
  void doesNotCutACharacterInTwo() {
    assertThat(TextLines.cut("ab\uD83D\uDE00cd", 4)).isEqualTo("ab…");
    assertThat(TextLines.cut("abcd", 4)).isEqualTo("abcd");
  }
}
