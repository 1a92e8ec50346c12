package dev.hone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C during the demo, in a process of its own. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class StoppedDemoTest {
  @TempDir private Path folder;

  /** Sends the signal once standard error holds the words; what was printed in all. */
  private String stoppedAt(String words) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process demo =
        new ProcessBuilder(
                hearingInterrupts(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dhone.terminal=false",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.hone.cli.Hone",
                    "demo",
                    "--task=support",
                    "--artifact=" + artifact()))
            .redirectError(said.toFile())
            .redirectOutput(new File("/dev/null"))
            .start();
    while (demo.isAlive() && !Files.readString(said).contains(words)) {
      demo.waitFor(20, TimeUnit.MILLISECONDS);
    }
    new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
    assertThat(demo.waitFor()).as(Files.readString(said)).isEqualTo(130);
    return Files.readString(said);
  }

  /** What runs in the background of a script ignores Ctrl-C, and so does what it starts. */
  private static List<String> hearingInterrupts(String... command)
      throws IOException, InterruptedException {
    List<String> reset = List.of("env", "--default-signal=INT");
    List<String> probe = new ArrayList<>(reset);
    probe.add("true");
    boolean known =
        new ProcessBuilder(probe).redirectError(Redirect.DISCARD).start().waitFor() == 0;
    List<String> all = new ArrayList<>(known ? reset : List.of());
    all.addAll(List.of(command));
    return all;
  }

  private Path artifact() {
    return folder.resolve("found.json");
  }

  @Test
  void savesAndNamesTheBestSoFarWhenTheSearchIsStopped() throws Exception {
    String said = stoppedAt("trial 2");

    assertThat(said)
        .endsWith("hone: stopped; the best program so far is saved in " + artifact() + ".\n");
    assertThat(artifact()).content().contains("\"hone\" : \"program\"", "\"instructions\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"testing on", "BootstrapFewShot"})
  void saysThatNothingWasOptimizedYet(String words) throws Exception {
    assertThat(stoppedAt(words)).endsWith("hone: stopped; nothing was optimized yet.\n");
    assertThat(artifact()).doesNotExist();
  }
}
