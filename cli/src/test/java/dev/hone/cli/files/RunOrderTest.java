package dev.hone.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunOrderTest {
  @Test
  void theTenthRunOfASecondIsNewerThanTheSecond() {
    assertThat(
            Stream.of(
                    "20261130-101500-10", "20261130-101501", "20261130-101500", "20261130-101500-2")
                .map(Path::of)
                .sorted(new RunOrder())
                .map(Path::toString))
        .containsExactly(
            "20261130-101500", "20261130-101500-2", "20261130-101500-10", "20261130-101501");
  }
}
