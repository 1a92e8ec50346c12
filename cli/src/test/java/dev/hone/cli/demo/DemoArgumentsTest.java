package dev.hone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be used is reported before anything is printed or called, with exit code 2. */
class DemoArgumentsTest {
  @TempDir Path folder;

  private static void assertRefused(String option, String value, String... words) {
    Ran ran = Ran.hone("demo", option + "=" + value);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("hone: ")
        .contains(option)
        .contains(words)
        .contains("See hone demo --help")
        .doesNotContain("Exception", "baseline");
  }

  @Test
  void refusesAnArtifactThatIsAFolder() {
    assertRefused(
        "--artifact",
        folder.toString(),
        folder + ": the program cannot be saved here: it is a folder. Maybe name a file in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void refusesABlankArtifact(String value) {
    assertRefused(
        "--artifact", value, "the path is blank. Maybe name a file, such as program.json");
  }

  @Test
  void refusesAFolderThatIsMissingAndDoesNotMakeIt() {
    Path missing = folder.resolve("no/such");

    assertRefused(
        "--artifact",
        missing.resolve("a.json").toString(),
        "is in a folder that is missing. Maybe make it first: mkdir -p " + missing);

    assertThat(missing.getParent()).doesNotExist();
  }

  @Test
  void refusesAFileForAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertRefused("--artifact", file + "/a.json", "is a file, not a folder. Maybe");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesAPlaceThatTakesNoFiles() {
    assertRefused("--artifact", "/proc/a.json", "/proc takes no new files. Maybe");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesAPipeAndALinkToOne() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);

    for (Path file : List.of(pipe, link)) {
      assertRefused(
          "--artifact", file.toString(), "is a device or a pipe, not a regular file. Maybe choose");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void looksWhereALinkLeads() throws IOException {
    Path lost = Files.createSymbolicLink(folder.resolve("lost"), folder.resolve("no/such.json"));
    Path found = Files.createSymbolicLink(folder.resolve("found"), folder.resolve("new.json"));
    Path circle = folder.resolve("circle");
    Files.createSymbolicLink(circle, circle);

    assertRefused("--artifact", lost.toString(), "is in a folder that is missing", folder + "/no");
    assertRefused("--artifact", circle.toString(), "its links lead in a circle");
    assertThat(ArtifactPath.checked(found, "support")).isEqualTo(found);
  }

  @Test
  void leavesNothingBehindWhenItChecksAnArtifact() {
    Path file = ArtifactPath.checked(folder.resolve("a.json"), "support");

    assertThat(file).isEqualTo(folder.resolve("a.json"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesLessThanOneCallInFlight() {
    assertRefused("--in-flight", "0", "--in-flight (0) is less than 1. Maybe use 16.");
    assertRefused("--in-flight", "-3", "--in-flight (-3) is less than 1. Maybe use 16.");
  }

  @Test
  void namesTheTasksAndTheNearest() {
    assertRefused(
        "--task", "suport", "(suport) is not one of support, moderation. Maybe use support.");
    assertRefused("--task", "poetry", "(poetry) is not one of support, moderation. Maybe use");
  }

  @Test
  void refusesASeedThatIsNoNumber() {
    assertRefused(
        "--seed", "abc", "--seed (abc) is not a whole number, or too large. Maybe use --seed=1.");
    assertRefused(
        "--in-flight",
        "1.5",
        "(1.5) is not a whole number, or too large. Maybe use --in-flight=16.");
    assertRefused("--seed", "9".repeat(20), "is not a whole number, or too large. Maybe use");
  }

  @Test
  void refusesAModelThatItDoesNotKnow() {
    Ran ran = Ran.hone("demo", "--json", "--model", "openai-compatible:tiny");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("lacks @URL, where the server is", "Maybe use");
  }
}
