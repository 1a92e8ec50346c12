package dev.hone.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.evaluate.Evaluator;
import dev.hone.json.Json;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.project.optimizer.OptimizerCatalog;
import dev.hone.project.optimizer.OptimizerSettings;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class ProgramFileTest {
  private static final String FIELDS =
      """
      task: Route the ticket.
      inputs: { text: what the customer wrote }
      outputs:
        topic: { one of: [BILLING, DEFECT] }
      """;

  @TempDir private Path folder;

  private ProgramFile project(String more) {
    return ProgramFile.parse(FIELDS + more, folder, "tickets");
  }

  private void rows(int count) throws IOException {
    StringBuilder text = new StringBuilder("text,topic,id\n");
    for (int i = 0; i < count; i++) {
      text.append("row %d,%s,%d%n".formatted(i, i % 4 == 0 ? "DEFECT" : "BILLING", i));
    }
    Files.writeString(folder.resolve("tickets.csv"), text.toString());
  }

  @Test
  void readsWhatAProgramTakesAndReturns() throws IOException {
    Path file = Files.writeString(folder.resolve("tickets.hone.yaml"), FIELDS);

    ProgramFile project = ProgramFile.load(file);

    assertThat(project.name()).isEqualTo("tickets");
    assertThat(project.signature().instructions()).isEqualTo("Route the ticket.");
    assertThat(project.signature().outputFields()).hasSize(1);
    assertThat(project.prompts()).containsEntry("self", "Route the ticket.");
  }

  @Test
  void splitsByLabelAndKeepsTestRowsApart() throws IOException {
    rows(40);
    Files.writeString(
        folder.resolve("tickets.csv"),
        "row 0,DEFECT,40\nrow 1,BILLING,41\nnew,,42\n",
        java.nio.file.StandardOpenOption.APPEND);

    ProjectData data = project("data: tickets.csv\nsplit: { test: 25%, seed: 3 }").data();

    assertThat(data.test().size()).isBetween(10, 11);
    assertThat(data.learn().overlapWith(data.test())).isEmpty();
    assertThat(data.learn().size() + data.test().size() + data.leftOut()).isEqualTo(42);
    assertThat(data.unlabelled()).isEqualTo(1);
    assertThat(data.test().examples())
        .extracting(row -> row.expectedJson().path("topic").asString())
        .contains("DEFECT", "BILLING");
  }

  @Test
  void takesTestRowsOfAFileOfTheirOwn() throws IOException {
    rows(8);
    Files.writeString(folder.resolve("test.csv"), "text,topic\nother,DEFECT\nrow 2,BILLING\n");

    ProjectData data = project("data: { file: tickets.csv, test: test.csv }").data();

    assertThat(data.test().size()).isEqualTo(2);
    assertThat(data.learn().size()).isEqualTo(7);
    assertThat(data.leftOut()).isEqualTo(1);
  }

  @Test
  void readsASpreadsheetsExportByWhatIsSaidOfIt() throws IOException {
    String text =
        "Ticket text;Thema;Preis;Tag\r\nGrüße;A;1.234,50;03.11.2026\r\nOk;B;2;24.12.2026\r\n";
    Files.write(folder.resolve("e.csv"), text.getBytes(Charset.forName("windows-1252")));
    ProgramFile project =
        ProgramFile.parse(
            """
            data: { file: e.csv, separator: ";", decimal comma: yes, date format: dd.MM.yyyy }
            inputs: { text: { column: Ticket text } }
            outputs:
              topic: { one of: [A, B], column: Thema }
              price: { type: number, column: Preis }
              day: { type: date, column: Tag }
            split: { test: 1 }
            """,
            folder,
            "e");

    List<String> labels =
        project.data().learn().concat(project.data().test()).examples().stream()
            .map(example -> example.expectedJson().toString())
            .toList();

    assertThat(labels).contains("{\"topic\":\"A\",\"price\":1234.5,\"day\":\"2026-11-03\"}");
  }

  @Test
  void runsStepsWithWhatEarlierOnesGive() {
    ProgramFile project =
        project(
            """
            steps:
              facts: { task: List the facts., takes: [text], gives: { facts: { list of: text } } }
              decide: { task: Decide., takes: [facts], gives: [topic] }
            """);
    ScriptedModel model =
        ScriptedModel.answering(
            request -> {
              String prompt = request.toString();
              return prompt.contains("List the facts.")
                  ? "[[ ## facts ## ]]\n[\"the lamp is broken\"]\n"
                  : prompt.contains("the lamp is broken") && !prompt.contains("hello")
                      ? "[[ ## topic ## ]]\nDEFECT\n"
                      : "[[ ## topic ## ]]\nBILLING\n";
            });

    ObjectNode answer =
        Context.builder()
            .lm(model)
            .build()
            .call(() -> project.program().run(Json.object().put("text", "hello")));

    assertThat(answer).hasToString("{\"topic\":\"DEFECT\"}");
    assertThat(project.prompts())
        .containsEntry("steps['decide']", "Decide.")
        .containsEntry("steps['facts']", "List the facts.");
  }

  @Test
  void scoresByAMetricOfSetsAndItsConstraints() throws IOException {
    rows(12);
    ProgramFile project =
        project(
            """
            data: tickets.csv
            metric: { score: macro f1(topic), at least: { "recall(topic, DEFECT)": 0.5 } }
            """);
    ScriptedModel model = ScriptedModel.answering(request -> "[[ ## topic ## ]]\nBILLING\n");

    var evaluation =
        Context.builder()
            .lm(model)
            .build()
            .call(
                () ->
                    Evaluator.of(project.data().learn(), project.metric())
                        .evaluate(project.program()));

    assertThat(project.corpusMetric()).isPresent();
    assertThat(evaluation.corpusMetric()).isPresent();
    assertThat(evaluation.score()).isBetween(0.3, 0.6);
  }

  @Test
  void asksAJudgeOnAModelOfItsOwn() throws IOException {
    rows(12);
    ProgramFile project =
        project(
            """
            data: tickets.csv
            metric: { judge: { criteria: Is it polite?, model: embedded, grades: 3 } }
            """);
    ScriptedModel judge =
        ScriptedModel.answering(
            request ->
                request.toString().contains("Is it polite?")
                    ? "[[ ## reasons ## ]]\nfine\n\n[[ ## grade ## ]]\n2\n"
                    : "no judge");
    ScriptedModel model = ScriptedModel.answering(request -> "[[ ## topic ## ]]\nBILLING\n");

    var evaluation =
        Context.builder()
            .lm(model)
            .build()
            .call(
                () ->
                    Evaluator.of(project.data().learn(), project.withModels(name -> judge).metric())
                        .evaluate(project.program()));

    assertThat(evaluation.score()).isEqualTo(0.5);
    assertThat(project.needsLabels()).isFalse();
  }

  @Test
  void weighsTheMetricsOfAMean() {
    var project = project("metric: mean of 3 * exact(topic), f1(topic)");

    assertThat(project.metric().name()).isEqualTo("mean of 3 topic, 1 f1 of topic");
  }

  @Test
  void makesTheOptimizerThatTheFileSaysUnlessAnotherIsSaid() {
    ProgramFile project = project("optimizer: { name: MIPROv2, auto: medium, trials: 7, seed: 5 }");

    MiproV2 said = (MiproV2) project.optimizer();
    MiproV2 overridden = (MiproV2) project.optimizer(OptimizerSettings.none().with("trials", "9"));

    assertThat(said.settings().trials()).isEqualTo(7);
    assertThat(said.settings().seed()).isEqualTo(5);
    assertThat(said.settings().auto()).hasToString("Optional[MEDIUM]");
    assertThat(overridden.settings().trials()).isEqualTo(9);
    assertThat(project.optimizer(OptimizerSettings.of("copro").with("depth", "2")).toString())
        .contains("depth")
        .doesNotContain("trials");
    assertThat(((MiproV2) project("").optimizer()).settings().auto())
        .hasToString("Optional[LIGHT]");
  }

  static List<String> optimizers() {
    return OptimizerCatalog.names();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void describesEverySettingOfEveryOptimizer(String optimizer) {
    assertThat(OptimizerCatalog.settingsOf(optimizer))
        .isNotEmpty()
        .allSatisfy(
            setting -> assertThat(OptimizerCatalog.describe(optimizer, setting)).contains(": "));
    assertThat(OptimizerCatalog.make(OptimizerSettings.of(optimizer), java.util.Optional.empty()))
        .isNotNull();
  }

  @Test
  void carriesItsProblemsAsValues() {
    assertThatThrownBy(() -> project("modle: embedded\nsplit: { by: labels }"))
        .isInstanceOfSatisfying(
            ProgramFileException.class,
            e -> {
              assertThat(e.problems()).hasSize(2);
              assertThat(e.problems().get(0).line()).isEqualTo(5);
              assertThat(e.problems().get(0).fix()).isEqualTo("write model");
              assertThat(e.problems().get(1).path()).isEqualTo("split.by");
            });
  }

  @Test
  void saysWhichBudgetThereIs() {
    ProgramFile project = project("budget: { calls: 5, tokens: 2k, money: $0.50, time: 2 min }");

    assertThat(project.budget().toString()).contains("5 model calls", "2000 tokens");
    assertThat(project("").hasBudget()).isFalse();
  }

  @Test
  void needsDataOnlyWhereItIsRead() {
    ProgramFile project = project("data: nowhere.csv");

    assertThat(project.program()).isNotNull();
    assertThatThrownBy(project::data)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no file");
  }
}
