package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnowsNoTaskTest {
  private static final Path SOURCES = Path.of("src/main/java");

  /** TextTokens of the demo tasks, of the search task and of the proposer's signatures. */
  private static final List<String> TASK_WORDS =
      List.of(
          "moderation",
          "snippet",
          "severity",
          "violation",
          "harassment",
          "spam",
          "hateful",
          "sexual",
          "violence",
          "refund",
          "intent",
          "delivery",
          "billing",
          "complaint",
          "customer",
          "birth",
          "novel",
          "opera",
          "county",
          "corpus",
          "passage",
          "dataset",
          "proposer",
          "tip",
          "observation",
          "current_instruction",
          "summary");

  @Test
  void noSourceHasAWordOfATaskInItsCode() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      files = all.filter(file -> file.toString().endsWith(".java")).toList();
    }

    assertThat(files).hasSizeGreaterThan(10);
    for (Path file : files) {
      String code = withoutComments(Files.readString(file)).toLowerCase(Locale.ROOT);
      assertThat(TASK_WORDS)
          .as(file.toString())
          .noneMatch(word -> code.matches("(?s).*\\b" + word + ".*"));
    }
  }

  private static String withoutComments(String source) {
    return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
  }
}
