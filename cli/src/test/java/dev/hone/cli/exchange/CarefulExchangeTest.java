package dev.hone.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exchange with other tools must not do: lose files, spend unasked, run what a file names. */
class CarefulExchangeTest {
  private static final String FIELDS =
      """
      data: tickets.csv
      task: Route the ticket.
      inputs: { text: what the customer wrote }
      outputs:
        topic: { one of: [BILLING, DEFECT] }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeRows() throws IOException {
    Files.writeString(
        folder.resolve("tickets.csv"),
        """
        text,topic
        charged twice,BILLING
        refund please,BILLING
        wrong amount,BILLING
        is broken,DEFECT
        screen is black,DEFECT
        does not start,DEFECT
        """);
  }

  private String project(String more) throws IOException {
    Files.writeString(folder.resolve("tickets.hone.yaml"), FIELDS + more);
    return folder.resolve("tickets").toString();
  }

  @Test
  void anImportThatFailsLeavesTheFilesThatItWasToReplace() throws IOException {
    String name = "kept" + System.nanoTime();
    Path yaml = Path.of(name + ".hone.yaml");
    Path state = folder.resolve("state.json");
    // Both give topic, which the steps of a project must not.
    String predictor =
        """
        {"traces": [], "train": [], "demos": [{"augmented": true, "text": "t", "topic": "D"}],
         "signature": {"instructions": "Go.", "fields": [
           {"prefix": "Text:", "description": "${text}"},
           {"prefix": "Topic:", "description": "${topic}"}]},
         "lm": null}""";
    Files.writeString(state, "{\"a\": %s, \"b\": %s}".formatted(predictor, predictor));
    try {
      Files.writeString(yaml, FIELDS);

      Ran ran = Ran.hone("import", state.toString(), "--name", name, "--force");

      assertThat(ran.exitCode()).as(ran.out()).isEqualTo(2);
      assertThat(yaml).hasContent(FIELDS);
    } finally {
      Files.deleteIfExists(yaml);
      Files.deleteIfExists(Path.of(name + ".program.json"));
    }
  }

  @Test
  void linesKeepToTheBudgetOfTheProjectAndThoseSoFarAreKept() throws IOException {
    String tickets = project("budget: { calls: 2 }\n");
    Path out = folder.resolve("train.jsonl");

    Ran ran =
        Ran.hone(
            "export",
            tickets,
            "--finetune",
            "--min-score",
            "0",
            "--in-flight",
            "1",
            "--no-cache",
            "--out",
            out.toString());

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(4);
    assertThat(ran.err()).contains("what there is by now is kept", "2 runs of 2 passed");
    assertThat(Files.readAllLines(out)).hasSize(2);
    Ran more = Ran.hone("export", tickets, "--finetune", "--min-score", "0", "--max-calls", "99");
    assertThat(more.exitCode()).as(more.err()).isZero();
  }

  @Test
  void whereLinesCannotGoIsSaidBeforeAnythingIsRun() throws IOException {
    Ran ran = Ran.hone("export", project(""), "--finetune", "--out", folder.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot be written").doesNotContain("calls");
  }

  @Test
  void allModelsThatMayCostAreNamedBeforeTheyAreCalled() throws IOException {
    Ran ran =
        Ran.hone(
            "export",
            project(
                "metric: { judge: { criteria: is it polite, model: \"openai-compatible:dear@http://127.0.0.1:1\" } }\n"),
            "--finetune");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("This may cost money", "dear");
  }

  @Test
  void lookingAtAnAgentStartsNoneOfItsServers() throws IOException {
    Path trace = folder.resolve("started");
    String tickets =
        project(
            "strategy: { react: { tools: [ { command: [touch, \"%s\"] } ] } }\n".formatted(trace));

    List<Ran> all =
        List.of(
            Ran.hone("show", tickets),
            Ran.hone("show", tickets, "--json"),
            Ran.hone("export", tickets, "--text"));

    assertThat(all).allSatisfy(ran -> assertThat(ran.exitCode()).as(ran.err()).isZero());
    assertThat(all.get(0).err()).contains("tools of servers are not listed");
    assertThat(trace).doesNotExist();
  }
}
