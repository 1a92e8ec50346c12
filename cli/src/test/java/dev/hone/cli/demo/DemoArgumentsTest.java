package dev.hone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be used is told before anything is printed or called, with exit code 2. */
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
        "(" + folder + ") is a folder, not a file. Maybe use ",
        folder.resolve("hone-demo-moderation.json").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void refusesABlankArtifact(String value) {
    assertRefused("--artifact", value, "is blank. Maybe use hone-demo-moderation.json");
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

    assertRefused("--artifact", file + "/a.json", "which is not a folder. Maybe");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesAPlaceThatTakesNoFiles() {
    assertRefused("--artifact", "/proc/a.json", "/proc, which takes no new files. Maybe");
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
        "--task", "suport", "(suport) is none of moderation, support. Maybe use support.");
    assertRefused("--task", "poetry", "(poetry) is none of moderation, support. Maybe use");
  }

  @Test
  void refusesASeedThatIsNoNumber() {
    assertRefused("--seed", "abc", "'abc' is not a");
  }

  @Test
  void refusesAModelThatItDoesNotKnow() {
    Ran ran = Ran.hone("demo", "--json", "--model", "openai-compatible:tiny");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("lacks @URL, where the server is", "Maybe use");
  }
}
