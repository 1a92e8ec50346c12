package dev.hone.cli.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.cli.SmallProject;
import dev.hone.cli.files.RunProject;
import dev.hone.json.Json;
import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OptimizeCommandTest {
  @TempDir private Path folder;
  private SmallProject project;

  @BeforeEach
  void makeTheProject() {
    project = SmallProject.in(folder);
  }

  @Test
  void keepsTheWholeRunAndSaysWhatComesNext() {
    Ran ran = project.hone("optimize", "--run", project.file("run").toString());

    assertThat(ran.exitCode()).as(ran.err()).isIn(0, 3);
    assertThat(ran.out())
        .contains("score", "before", "after", "probability that after is truly better")
        .contains("wrote tickets.program.json (the program), tickets.report.html");
    assertThat(ran.err())
        .contains("At most ", "free of charge", "to learn from", "to choose by", "19 to test")
        .contains("testing before", "bootstrapping demos", "searching", "testing after")
        .contains("next: hone show tickets");
    assertThat(project.file("run"))
        .isDirectoryContaining("glob:**/project.hone.yaml")
        .isDirectoryContaining("glob:**/record.json")
        .isDirectoryContaining("glob:**/report.html");
    assertThat(project.file("run/journal/journal.jsonl")).isNotEmptyFile();
    assertThat(project.file("tickets.program.json"))
        .hasSameTextualContentAs(project.file("run/program.json"));
    assertThat(project.file("tickets.report.html")).isNotEmptyFile();
  }

  @Test
  void goesOnWithTheNewestRunByTheSettingsItBeganWith() throws IOException {
    Ran first = project.hone("optimize", "--json", "--search", "tpe", "--seed", "3");
    Ran again = project.hone("optimize", "--json", "--resume");

    JsonNode one = Json.parse(first.out());
    JsonNode two = Json.parse(again.out());
    assertThat(two.path("optimizer").asString()).isEqualTo("MIPROv2 light, search tpe, seed 3");
    assertThat(two.path("run")).isEqualTo(one.path("run"));
    assertThat(two.path("after").path("score")).isEqualTo(one.path("after").path("score"));
    try (var runs = Files.list(project.file("tickets.runs"))) {
      assertThat(runs).hasSize(1);
    }
  }

  @Test
  void endsWithFourWhereTheBudgetIsSpentAndGoesOnToWhatItHadFoundUninterrupted()
      throws IOException {
    Ran short_ = project.hone("optimize", "--max-calls", "78");

    assertThat(short_.exitCode()).as(short_.out() + short_.err()).isEqualTo(4);
    assertThat(short_.out()).contains("The budget is spent. The best so far is in tickets.program");
    assertThat(short_.err()).contains("next: hone optimize tickets --resume");

    Ran rest = project.hone("optimize", "--resume", "--max-calls", "5000");

    assertThat(rest.exitCode()).as(rest.out() + rest.err()).isIn(0, 3);
    assertThat(rest.err()).contains("the first look at the test rows");
    assertThat(looks()).isEqualTo(1);
    String resumed = found();
    Ran whole = project.hone("optimize", "--max-calls", "5000", "--json");
    assertThat(found()).isEqualTo(resumed);
    assertThat(Json.parse(whole.out()).path("exitCode").asInt()).isEqualTo(rest.exitCode());
    assertThat(looks()).isEqualTo(2);
  }

  private int looks() throws IOException {
    return Json.parse(Files.readString(project.file("tickets.test-looks.json")))
        .path("looks")
        .size();
  }

  /** The program beside the project, without when it was made. */
  private String found() throws IOException {
    return Files.readString(project.file("tickets.program.json"))
        .replaceAll("\"createdAt\" ?: ?[^\n]+", "TIME");
  }

  @Test
  void aRunThatGoesOnKeepsTheProjectAsItBegan() throws IOException {
    String run = project.file("run").toString();
    project.hone("optimize", "-q", "--optimizer=labeled-few-shot", "--run", run);
    String copy = Files.readString(project.file("run/project.hone.yaml"));
    String begun = Files.readString(project.file("run/run.json"));
    Path file = project.file("tickets.hone.yaml");
    Files.writeString(file, Files.readString(file) + "# a remark\n");

    project.hone("optimize", "-q", "--resume=" + run, "--seed=7");

    assertThat(project.file("run/project.hone.yaml")).hasContent(copy);
    assertThat(project.file("run/run.json")).hasContent(begun);
    try (ProgramFile ofRun = RunProject.load(project.file("run"))) {
      assertThat(ofRun.name()).isEqualTo("tickets");
      assertThat(ofRun.data().test().size()).isEqualTo(19);
    }
  }

  @Test
  void refusesABudgetThatIsTooSmallBeforeAnyCall() {
    Ran ran = project.hone("optimize", "--max-calls", "40");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("The budget has 40 calls, and at least ")
        .contains(" and 38 to test before and after on 19 test rows. Maybe use --max-calls ");
    assertThat(project.file("tickets.runs")).doesNotExist();

    String enough = ran.err().replaceFirst("(?s).*--max-calls ([0-9]+).*", "$1");
    Ran done = project.hone("optimize", "--max-calls", enough);
    assertThat(done.exitCode()).as(done.err()).isIn(0, 3);
    assertThat(done.out()).contains("before", "after");
  }

  @Test
  void refusesPaidWorkWhereNobodyCanBeAsked() {
    Ran ran = project.hone("optimize", "--model", "openai-compatible:x@http://127.0.0.1:1/v1");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("This may cost money (At most ")
        .contains("no terminal to ask on; nothing was done. Maybe say --yes");
    assertThat(project.file("tickets.runs")).doesNotExist();
    assertThat(project.file("tickets.test-looks.json")).doesNotExist();
  }

  @Test
  void keepsTheProgramThatWasThereBefore() throws IOException {
    project.hone("optimize", "-q", "--optimizer", "labeled-few-shot");
    String first = Files.readString(project.file("tickets.program.json"));

    Ran ran =
        project.hone("optimize", "-q", "-o", "LabeledFewShot", "--set", "max-labeled-demos=2");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("that was there before is kept in tickets.program.bak.json");
    assertThat(project.file("tickets.program.bak.json")).hasContent(first);
    assertThat(project.file("tickets.program.json")).content().isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random-search", "bootstrap-few-shot", "knn", "copro"})
  void knowsEveryOptimizer(String name) {
    Ran ran = project.hone("optimize", "--json", "-q", "--optimizer", name);

    assertThat(ran.exitCode()).as(ran.err()).isIn(0, 3);
    assertThat(Json.parse(ran.out()).path("program").asString()).endsWith("tickets.program.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --optimizer=copor       | COPRO
          --auto=ligth            | light
          --set=tirals=4          | trials
          --set=trials=many       | trials
          --set=trials            | NAME=VALUE
          --set=search.blokSize=4 | blockSize
          --search=race           | racing
          --max-time=ever         | 90s, 20min or 2h
          --max-call=5            | --max-calls
          """)
  void answersAWrongWordWithTheRightOne(String option, String right) {
    Ran ran = project.hone("optimize", option);

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains(right).contains("Maybe").doesNotContain("Exception");
    assertThat(project.file("tickets.runs")).doesNotExist();
  }

  @Test
  void listsAllSettingsOfAnOptimizer() {
    Ran ran = project.hone("optimize", "--set", "help");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("trials", "max-labeled-demos", "search.budgetFraction");
  }

  @Test
  void saysWhichProjectWasMeant() {
    Ran ran = Ran.hone("optimize", project.file("tikets").toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("Maybe use " + project.file("tickets"));
  }

  @Test
  void refusesAFolderThatHasARun() throws IOException {
    Files.createDirectory(project.file("run"));
    Files.writeString(project.file("run/run.json"), "{}");

    Ran ran = project.hone("optimize", "--run", project.file("run").toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("has a run already", "--resume");
  }
}
