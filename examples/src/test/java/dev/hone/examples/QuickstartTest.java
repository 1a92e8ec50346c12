package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
  @Test
  void learnsSavesAndReloads(@TempDir Path folder) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Quickstart.main(
          new String[] {
            "src/main/resources/dev/hone/examples/moderation", folder.resolve("q.json").toString()
          });
    } finally {
      System.setOut(before);
    }

    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(score(text, "optimized")).isGreaterThan(score(text, "baseline") + 0.1);
    assertThat(score(text, "reloaded")).isEqualTo(score(text, "optimized"));
    assertThat(text).contains("What won: i", "before    Verdict[");
  }

  private static double score(String text, String name) {
    Matcher line = Pattern.compile(name + " +score (\\d\\.\\d+)").matcher(text);
    assertThat(line.find()).as(text).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
