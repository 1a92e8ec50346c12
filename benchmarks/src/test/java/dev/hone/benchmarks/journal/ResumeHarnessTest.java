package dev.hone.benchmarks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of the runs of which {@code benchmarks/journal/results} has many. */
class ResumeHarnessTest {
  @TempDir private Path folder;

  @Test
  void killedAndDamagedRunsFindWhatAnUnbrokenRunFinds() throws Exception {
    assertThat(new ResumeHarness(folder, 2).run(2, 0, 4)).isZero();
  }
}
