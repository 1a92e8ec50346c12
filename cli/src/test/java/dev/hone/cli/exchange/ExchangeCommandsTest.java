package dev.hone.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.compiled.Compiled;
import dev.hone.json.Json;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import dev.hone.project.ProgramFile;
import dev.hone.prompt.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ExchangeCommandsTest {
  @TempDir private Path folder;
  private String tickets = "";

  @BeforeEach
  void writeAProject() throws IOException {
    Path file = folder.resolve("tickets.hone.yaml");
    tickets = folder.resolve("tickets").toString();
    Files.writeString(
        file,
        """
        data: tickets.csv
        task: Route the ticket.
        inputs: { text: what the customer wrote }
        outputs:
          topic: { one of: [BILLING, DEFECT] }
        """);
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

  /** Saves a program with other instructions and a demo beside the project. */
  private void learn() {
    try (ProgramFile project = ProgramFile.load(folder.resolve("tickets.hone.yaml"))) {
      Program<ObjectNode, ObjectNode> program = project.program();
      ProgramState state = Predictors.of(program).initialState();
      Demo demo =
          new Demo(
              Json.object().put("text", "a {{demo}}"),
              Json.object().put("topic", "DEFECT"),
              Demo.Origin.BOOTSTRAPPED,
              "");
      ProgramState learnt =
          state.with(
              "self", state.of("self").withInstructions("Choose one.").withDemos(List.of(demo)));
      Compiled.of(program, learnt, dev.hone.compiled.Provenance.none())
          .save(folder.resolve("tickets.program.json"));
    }
  }

  @Test
  void showsThePromptWithALearningRowAndThenWhatDiffers() {
    Ran before = Ran.hone("show", tickets);
    learn();
    Ran after = Ran.hone("show", tickets);
    Ran diff = Ran.hone("show", tickets, "--diff");

    assertThat(before.exitCode()).as(before.err()).isZero();
    assertThat(before.out())
        .contains("1 predictor, 0 demos, nothing learnt yet", "Route the ticket.", "--- user ---")
        .doesNotContain("{text}\n\nAnswer");
    assertThat(before.err()).contains("next: hone evaluate");
    assertThat(after.out())
        .contains("Choose one.", "--- assistant (demo 1) ---", "a {{demo}}")
        .doesNotContain("Route the ticket.", "\u001b");
    assertThat(diff.out())
        .contains("- Route the ticket.", "+ Choose one.", "1 added, 0 removed")
        .contains("+ {\"text\":\"a {{demo}}\",\"topic\":\"DEFECT\"}");
  }

  @Test
  void showsASavedProgramAloneTheDemosAndOneRow() throws IOException {
    learn();
    Path alone = folder.resolve("alone.json");
    Files.copy(folder.resolve("tickets.program.json"), alone);

    assertThat(Ran.hone("show", alone.toString()).out()).contains("[[ ## text ## ]]\n{text}\n");
    assertThat(Ran.hone("show", alone.toString(), "--demos").out())
        .contains("  1  bootstrapped  a {{demo}}  DEFECT");
    assertThat(Ran.hone("show", tickets, "--row", "2").exitCode()).isZero();
    Ran tooFar = Ran.hone("show", tickets, "--row", "99");
    assertThat(tooFar.exitCode()).isEqualTo(2);
    assertThat(tooFar.err()).contains("--row (99) is not one of the", "Maybe use --row=1");
    JsonNode json = Json.parse(Ran.hone("show", tickets, "--json", "--adapter", "json").out());
    JsonNode self = json.path("predictors").path("self");
    assertThat(self.path("instructions").asString()).isEqualTo("Choose one.");
    assertThat(self.path("messages")).hasSize(4);
    assertThat(self.path("response_format").path("type").asString()).isEqualTo("json_schema");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "nothing.json", "tickts"})
  void whatIsNotThereIsSaidWithTheNearestNames(String name) {
    Ran ran = Ran.hone("show", folder.resolve(name).toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith("hone: There is ").contains("Maybe ").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--text | {{text}}",
        "--messages | \"content\" : \"[[ ## text ## ]]\\na {{demo}}\"",
        "--java | public static Compiled<Input, Output> load(Path file)",
        "--langchain4j | Output run(@V(\"text\") String text, @V(\"twoBraces\") String twoBraces);",
        "--spring-ai | new PromptTemplate(USER_TEMPLATE)",
        "--dspy | \"augmented\" : true",
      })
  void exportsEachForm(String form, String expected) {
    learn();

    Ran ran = Ran.hone("export", tickets, form);

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains(expected);
    assertThat(ran.err()).contains("next: hone ");
  }

  @Test
  void aSourceFileGivesItsClassItsName() throws IOException {
    learn();
    Path out = folder.resolve("src/TicketRouter.java");

    Ran ran =
        Ran.hone(
            "export",
            tickets,
            "--java",
            "--package",
            "com.example",
            "--out",
            out.toString(),
            "--json");

    assertThat(Json.parse(ran.out()).path("file").asString()).isEqualTo(out.toString());
    assertThat(Files.readString(out))
        .startsWith("package com.example;")
        .contains("public final class TicketRouter {");
  }

  @Test
  void linesToTrainWithComeFromTheLearningRowsAndSayTheCallsBefore() {
    Ran ran = Ran.hone("export", tickets, "--finetune", "--min-score", "0");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).containsPattern("\\d learning rows: \\d calls").contains(" passed ");
    List<String> lines = ran.out().lines().toList();
    assertThat(lines).hasSizeBetween(2, 5);
    assertThat(Json.parse(lines.get(0)).path("messages").path(2).path("role").asString())
        .isEqualTo("assistant");
  }

  @Test
  void exactlyOneFormIsWanted() {
    assertThat(Ran.hone("export", tickets).exitCode()).isEqualTo(2);
    assertThat(Ran.hone("export", tickets, "--java", "--text").exitCode()).isEqualTo(2);
  }

  @Test
  void aDspyStateGoesIntoAProjectAndBack() throws IOException {
    Path state = folder.resolve("state.json");
    Files.writeString(
        state,
        """
        {"traces": [], "train": [], "demos": [{"augmented": true, "text": "t", "topic": "DEFECT"}],
         "signature": {"instructions": "From DSPy.", "fields": [
           {"prefix": "Text:", "description": "${text}"},
           {"prefix": "Topic:", "description": "${topic}"}]},
         "lm": null, "metadata": {"dependency_versions": {"dspy": "3.4.1"}}}""");

    Ran imported = Ran.hone("import", state.toString(), "--into", tickets, "--json");
    Ran again = Ran.hone("import", state.toString(), "--into", tickets);
    Ran exported = Ran.hone("export", tickets, "--dspy");

    assertThat(imported.exitCode()).as(imported.err()).isZero();
    assertThat(Json.parse(imported.out()).path("demos").asInt()).isEqualTo(1);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("is there already", "--force");
    JsonNode written = Json.parse(exported.out());
    assertThat(written.path("signature").path("instructions").asString()).isEqualTo("From DSPy.");
    assertThat(Json.write(written.path("demos")))
        .isEqualTo("[{\"augmented\":true,\"text\":\"t\",\"topic\":\"DEFECT\"}]");
  }

  @Test
  void importsBecomeProjectsThatCanBeShown() {
    String name = "target/exchange-" + System.nanoTime();
    Path fixtures = Path.of("../exchange/src/test/resources/dspy/3.4.1");
    String hop = "hop" + System.nanoTime();
    try {
      Ran refused = Ran.hone("import", fixtures.resolve("deep.json").toString(), "--name", name);
      Ran imported =
          Ran.hone("import", fixtures.resolve("bootstrapped.json").toString(), "--name", hop);
      Ran shown = Ran.hone("show", hop, "--predictor", "steps['answer'].predict");
      Ran java = Ran.hone("export", hop, "--java");

      assertThat(refused.err()).contains("is no name for files here");
      assertThat(imported.exitCode()).as(imported.err()).isZero();
      assertThat(imported.out())
          .contains("2 predictors, 6 demos", "how data flows")
          .contains("wrote " + hop + ".hone.yaml, " + hop + ".program.json");
      assertThat(shown.out()).contains("Answer with one word.", "r2\nr3", "--- user (demo 3) ---");
      assertThat(java.out())
          .contains("RewriteOutput rewriteResult = REWRITE_STEP.run(new RewriteInput(")
          .contains(
              "return ANSWER_STEP.run(new AnswerInput(input.question(), rewriteResult.query()");
    } finally {
      delete(hop + ".hone.yaml", hop + ".program.json");
    }
  }

  private static void delete(String... files) {
    for (String file : files) {
      try {
        Files.deleteIfExists(Path.of(file));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void rowsOfOtherToolsBecomeAProjectWithData() throws IOException {
    Path evals = folder.resolve("evals.jsonl");
    Files.writeString(
        evals,
        "{\"input\": \"a\", \"ideal\": \"X\"}\n{\"input\": \"b\", \"ideal\": \"Y\"}\n".repeat(3));
    String name = "evals" + System.nanoTime();
    try {
      Ran imported = Ran.hone("import", evals.toString(), "--name", name);

      assertThat(imported.exitCode()).as(imported.err()).isZero();
      assertThat(imported.out()).contains("6 rows, text -> answer");
      assertThat(Ran.hone("show", name).out()).contains("one of X | Y");
    } finally {
      delete(name + ".hone.yaml", name + ".jsonl");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"program.pkl", "none.json", "tickets.csv", "."})
  void whatCannotBeImportedSaysWhy(String file) {
    Ran ran = Ran.hone("import", folder.resolve(file).toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith("hone: ").contains("Maybe ").doesNotContain("\tat ");
  }
}
