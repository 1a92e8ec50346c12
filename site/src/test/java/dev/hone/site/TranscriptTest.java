package dev.hone.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.site.Transcript.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
  private static final Transcript PAGE =
      new Transcript(
          """
          # A page
          <!-- files: examples/data/a.csv, b.csv -->

          ```console
          $ hone one
          prints
          $ hone two \\
            --more
          ```

          ```java
          $ no command
          ```
          """);

  @Test
  void findsCommandsWithTheirOutputs() {
    assertThat(PAGE.files()).containsExactly("examples/data/a.csv", "b.csv");
    assertThat(PAGE.steps())
        .containsExactly(new Step("hone one", "prints"), new Step("hone two \\\n  --more", ""));
  }

  @Test
  void putsOtherOutputsIn() {
    Transcript changed =
        PAGE.withOutputs(
            List.of(new Step("hone one", "other"), new Step("hone two \\\n  --more", "more $1")));

    assertThat(changed.steps().get(1).output()).isEqualTo("more $1");
    assertThat(changed.text()).contains("$ hone one\nother\n$ hone two \\\n  --more\nmore $1\n```");
  }

  @Test
  void runsTheCommandLineUnderTest(@TempDir Path folder, @TempDir Path home) throws Exception {
    Step step = new TranscriptShell(folder, home).run("echo here && hone --version | cut -c1-4");

    assertThat(step.output()).isEqualTo("here\nhone");
  }
}
