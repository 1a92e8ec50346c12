package dev.hone.examples.aiservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TunedMailRoomTest {
  @Test
  void scoresHigherAndTheApplicationGoesOnUnchanged() {
    String printed = printed();

    assertThat(score(printed, "after ")).isGreaterThan(score(printed, "before") + 0.1);
    assertThat(printed).contains("counts {DELIVERY=1, LOGIN=1}");
  }

  @Test
  void theApplicationKnowsNothingOfHone() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/dev/hone/examples/aiservice/MailRoom.java"));

    assertThat(source).doesNotContain("import dev.hone");
    assertThat(source.lines().count()).isBetween(50L, 65L);
  }

  private static String printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      TunedMailRoom.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    before.println(bytes.toString(StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static double score(String text, String name) {
    Matcher line = Pattern.compile(name + " +score (\\d\\.\\d+)").matcher(text);
    assertThat(line.find()).as(text).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
