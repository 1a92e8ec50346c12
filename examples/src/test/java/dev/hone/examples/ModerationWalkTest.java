package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk through JShell runs from its first statement to its last, and shows what it says. */
@Tag("once")
class ModerationWalkTest {
  @TempDir static Path folder;

  private static String shown = "";
  private static int exit;

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                    "-s",
                    "-J-Duser.home=" + folder,
                    "-J-Djava.util.prefs.userRoot=" + folder,
                    "-R-Djava.io.tmpdir=" + folder,
                    "--class-path",
                    classPath,
                    "moderation.jsh"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    shown = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(shown).isTrue();
    exit = process.exitValue();
  }

  @Test
  void goesThroughEverySectionWithoutAnError() {
    assertThat(exit).as(shown).isZero();
    assertThat(shown).doesNotContain("|  Error", "|  Exception", "cannot find symbol");
    assertThat(shown.lines().filter(line -> line.startsWith("== ")).count()).isEqualTo(13);
    assertThat(shown).contains("\n== Done");
  }

  @Test
  void showsTheStepsOfTheTutorial() {
    assertThat(section("Data")).contains("30 and 15 snippets");
    assertThat(section("Baseline")).contains("expected", "mean", "errors by class: {}");
    assertThat(section("BootstrapFewShot"))
        .contains("of 30 teacher runs succeeded (threshold 0.7)", "\"maxRounds\":1");
    assertThat(section("MIPROv2"))
        .contains("light            6 ", "10 trials on all", "MiproV2 starts", "trial 11: 0.");
    assertThat(section("Its report"))
        .containsPattern("\\{self.instructions=\\d, self.demos=\\d}")
        .contains("full evaluations", "hits of the compile cache", "What won: i");
    assertThat(section("Saved"))
        .containsPattern("\\{severity=\\w+, violations=\\[.*]}")
        .contains("demos: ", " added");
    assertThat(section("On the snippets")).contains("better on", "-> 1.000");
    assertThat(section("A log")).contains("seed: 42 -> 7", "for MLflow: ");
    assertThat(section("The last call"))
        .contains("1 model call", "--- user ---", "Go away!", "--- reply ---", "{tenant=acme}");
  }

  private static String section(String heading) {
    int from = shown.indexOf("\n== " + heading);
    assertThat(from).as(heading + " in\n" + shown).isNotNegative();
    int begin = shown.indexOf('\n', from + 1) + 1;
    int end = shown.indexOf("\n== ", begin);
    return shown.substring(begin, end < 0 ? shown.length() : end);
  }
}
