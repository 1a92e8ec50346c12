package dev.hone.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFileTest {
  @Test
  void readsWhatAProgramTakesAndReturns(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tickets.hone.yaml"),
            """
            data: tickets.csv
            task: Route the ticket.
            inputs: { text: what the customer wrote }
            outputs:
              topic: { one of: [BILLING, DEFECT] }
            """);

    ProgramFile project = ProgramFile.load(file);

    assertThat(project.name()).isEqualTo("tickets");
    assertThat(project.signature().instructions()).isEqualTo("Route the ticket.");
    assertThat(project.signature().outputFields()).hasSize(1);
  }
}
