package dev.hone.benchmarks.small;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.optimize.search.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedLandscapeTest {
  private static final String LINE =
      """
      {"family": "MINE", "task": "support", "demoLimit": 4, "seed": 1,
      "dimensions": [{"predictor": "p", "part": "INSTRUCTIONS", "choices": 1},
      {"predictor": "p", "part": "DEMOS", "choices": 2}], "baseline": [0, 0],
      "distances": [[[0]], [[0, 0.4], [0.4, 0]]],
      "configurations": [
      {"choices": [0, 0], "demos": 0, "tokens": 210.5, "test": 0.5, "validation": [1, 0, 0.5]},
      {"choices": [0, 1], "demos": 4, "tokens": 410, "test": 0.6, "validation": [%s]}]}
      """;

  @TempDir Path folder;

  private List<RecordedLandscape> read(String validation) throws IOException {
    Path file = folder.resolve("mine.jsonl");
    Files.writeString(file, LINE.replace("\n", " ").formatted(validation) + "\n");
    return RecordedLandscape.read(file);
  }

  @Test
  void readsWhatAUserRecorded() throws IOException {
    RecordedLandscape task = read("0, 0, 1").get(0);

    Configuration shown = Configuration.of(0, 1);
    assertThat(task.familyName()).isEqualTo("MINE");
    assertThat(task.exampleCount()).isEqualTo(3);
    assertThat(task.outcome(shown, 2)).isEqualTo(1);
    assertThat(task.outcome(task.baseline(), 2)).isEqualTo(0.5);
    assertThat(task.trueScore(shown)).isEqualTo(0.6);
    assertThat(task.tokens(task.baseline())).isEqualTo(210.5);
    assertThat(task.demos(shown)).isEqualTo(4);
    assertThat(task.distance(1, 0, 1)).isEqualTo(0.4);
    assertThat(task.best()).isEqualTo(0.6);
  }

  @Test
  void saysWhichConfigurationIsIncomplete() {
    assertThatThrownBy(() -> read("0, 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("configuration [0, 1] has 2 validation scores, expected 3");
  }

  @Test
  void bringsTheRecordedRunsOfTheStandIn() throws IOException {
    List<RecordedLandscape> standIn =
        RecordedLandscape.all().stream()
            .filter(task -> task.familyName().startsWith("recorded STANDIN"))
            .toList();

    assertThat(standIn).hasSize(40);
    assertThat(standIn).allSatisfy(task -> assertThat(task.space().size()).isEqualTo(18));
  }
}
