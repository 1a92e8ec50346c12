package dev.hone.cli.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final InputStream before = System.in;

  @AfterEach
  void giveStandardInputBack() {
    System.setIn(before);
  }

  @Test
  void textsForNoTerminalAreAHundredColumnsWideUnlessTheEnvironmentSaysMore() {
    String given = System.getProperty("hone.output");
    try {
      System.setProperty("hone.output", "false");
      int said = Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "100"));

      assertThat(Terminal.outputColumns()).isEqualTo(said);
    } finally {
      if (given == null) {
        System.clearProperty("hone.output");
      } else {
        System.setProperty("hone.output", given);
      }
    }
  }

  @Test
  void readsOneLineAnAnswerAndLeavesTheRest() throws IOException {
    System.setIn(new ByteArrayInputStream("text\r\n\ntopic\nrest".getBytes(US_ASCII)));

    assertThat(Terminal.answer()).hasValue("text");
    assertThat(Terminal.answer()).hasValue("");
    assertThat(Terminal.answer()).hasValue("topic");
    assertThat(new String(System.in.readAllBytes(), US_ASCII)).isEqualTo("rest");
    assertThat(Terminal.answer()).isEmpty();
  }
}
