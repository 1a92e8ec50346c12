package dev.hone.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeCellsTest {
  private static final String ANSWER =
      "[[ ## reply ## ]]\n=HYPERLINK(1)\n\n[[ ## sure ## ]]\n-0.5\n\n[[ ## completed ## ]]";

  @Test
  void anAnswerIsNoFormulaForASpreadsheetIfSoWished(@TempDir Path folder) throws IOException {
    try (OpenAiStubServer model = new OpenAiStubServer(ScriptedModel.answering(r -> ANSWER))) {
      String project =
          Files.writeString(
                  folder.resolve("tickets.hone.yaml"),
                  """
                  inputs: { text: it }
                  outputs:
                    reply: it
                    sure: { type: number }
                  model: openai-compatible:words@%s
                  """
                      .formatted(model.baseUrl()))
              .toString();
      String rows = Files.writeString(folder.resolve("in.csv"), "text\na\n").toString();

      Ran asItIs = Ran.hone("run", project, rows, "--no-cache", "--out", folder + "/plain.csv");
      Ran safe =
          Ran.hone("run", project, rows, "--no-cache", "--safe-cells", "--out", folder + "/s.csv");

      assertThat(asItIs.exitCode()).as(asItIs.err()).isZero();
      assertThat(safe.exitCode()).as(safe.err()).isZero();
      assertThat(Files.readString(folder.resolve("plain.csv"))).contains("a,=HYPERLINK(1),-0.5,");
      assertThat(Files.readString(folder.resolve("s.csv"))).contains("a,'=HYPERLINK(1),-0.5,");
    }
  }
}
