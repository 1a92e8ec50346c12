package dev.hone.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Project files and data files that are broken: each gets a message with its place and a fix. */
class BrokenFilesTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(n|t|x[0-9A-F]{2})");
  private static final String PROJECT =
      """
      data: %s
      inputs: { text: what was written }
      outputs: { topic: { one of: [A, B] } }
      metric: exact(topic)
      """;

  @TempDir private Path folder;

  /** A block of a file of cases: the parts of its first line, and its text. */
  record Case(List<String> head, String text) {
    @Override
    public String toString() {
      return String.join(" | ", head);
    }
  }

  static Stream<Case> projects() throws IOException {
    return cases("broken-projects.txt").stream();
  }

  static Stream<Case> data() throws IOException {
    return cases("broken-data.txt").stream();
  }

  private static List<Case> cases(String resource) throws IOException {
    try (InputStream stream = BrokenFilesTest.class.getResourceAsStream(resource)) {
      String all =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String block : Pattern.compile("(?m)^=== ").split(all)) {
        if (!block.isBlank()) {
          int end = block.indexOf('\n');
          List<String> head = Arrays.asList(block.substring(0, end).split(" \\| "));
          cases.add(new Case(head, block.substring(end + 1)));
        }
      }
      return cases;
    }
  }

  @Test
  void areAHundredAtLeast() throws IOException {
    assertThat(cases("broken-projects.txt").size() + cases("broken-data.txt").size())
        .isGreaterThanOrEqualTo(100);
  }

  private static void assertSaid(Ran ran, String problem, String fix) {
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("hone: ")
        .containsIgnoringCase(problem)
        .contains("Maybe ")
        .containsIgnoringCase(fix)
        .doesNotContain("Exception", "\tat ", "dev.hone.", "tools.jackson", "this is a bug");
  }

  @ParameterizedTest
  @MethodSource("projects")
  void saysWhatIsWrongWithAProject(Case broken) throws IOException {
    Path file = Files.writeString(folder.resolve("broken.hone.yaml"), broken.text());

    Ran ran = Ran.hone("evaluate", file.toString());

    assertSaid(ran, broken.head().get(1), broken.head().get(2));
  }

  @ParameterizedTest
  @MethodSource("data")
  void saysWhatIsWrongWithData(Case broken) throws IOException {
    boolean json = broken.text().startsWith("{\"");
    Path file =
        Files.write(folder.resolve(json ? "rows.jsonl" : "rows.csv"), bytes(broken.text().strip()));
    Path project =
        Files.writeString(
            folder.resolve("broken.hone.yaml"), PROJECT.formatted(file.getFileName()));

    Ran ran =
        broken.head().get(0).equals("init")
            ? Ran.hone("init", file.toString(), "--no-input")
            : Ran.hone("evaluate", project.toString());

    assertSaid(ran, broken.head().get(2), broken.head().get(3));
  }

  private static byte[] bytes(String text) {
    String plain =
        ESCAPE
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        switch (found.group(1)) {
                          case "n" -> "\n";
                          case "t" -> "\t";
                          default ->
                              String.valueOf(
                                  (char) Integer.parseInt(found.group(1).substring(1), 16));
                        }));
    return plain.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void tellsAllThatIsWrongWithAProjectAtOnce() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("broken.hone.yaml"),
            """
            inputs: { text: x }
            outputs: { topic: { one off: [A] }, n: { type: numbr } }
            metric: exact(topci)
            split: { test: 140% }
            budget: { calls: many }
            optimizer: MIPROv3
            """);

    Ran ran = Ran.hone("evaluate", file.toString());

    assertThat(ran.err().lines()).hasSize(6).allMatch(line -> line.contains("Maybe "));
    assertThat(ran.err())
        .contains("line 2, column 21", "line 3", "line 4, column 16", "line 5", "line 6");
  }
}
