package dev.hone.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.cli.SmallProject;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestLooksTest {
  @TempDir private Path folder;

  private ProgramFile project() {
    return ProgramFile.load(SmallProject.in(folder).file("tickets.hone.yaml"));
  }

  @Test
  void countsEveryLookOfManyAtOnce() {
    ProgramFile project = project();

    IntStream.range(0, 40).parallel().forEach(i -> TestLooks.count(project, Clock.systemUTC()));

    assertThat(TestLooks.count(project, Clock.systemUTC()).count()).isEqualTo(41);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"looks\": [", "[]", "{\"looks\": 7}", "x"})
  void doesNotBeginAnewWhereTheFileIsDamaged(String text) throws IOException {
    ProgramFile project = project();
    Path file = folder.resolve("tickets.test-looks.json");
    Files.writeString(file, text);

    assertThatThrownBy(() -> TestLooks.count(project, Clock.systemUTC()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tickets.test-looks.json, which counts the looks")
        .hasMessageContaining("is damaged. Maybe mend it");
    assertThat(file).hasContent(text);
  }
}
