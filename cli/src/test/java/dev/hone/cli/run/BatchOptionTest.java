package dev.hone.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Hone;
import dev.hone.cli.Ran;
import dev.hone.cli.SmallProject;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.modelserver.BatchBehavior;
import dev.hone.modelserver.FaultPlan;
import dev.hone.modelserver.ModelServer;
import dev.hone.modelserver.WireFault;
import dev.hone.testkit.ScriptedModel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands with {@code --batch}. */
@Tag("once")
class BatchOptionTest {
  @TempDir private Path folder;

  private static ModelServer.Builder words() {
    return ModelServer.builder(ScriptedModel.answering(WordModel::answer));
  }

  private String project(String model) throws IOException {
    return Files.writeString(
            folder.resolve("tickets.hone.yaml"),
            """
            task: Route the ticket.
            inputs:  { text: what the customer wrote }
            outputs:
              topic: { one of: [BILLING, SHIPPING, DEFECT] }
              sure: { type: number }
            model: %s
            """
                .formatted(model))
        .toString();
  }

  private String project(ModelServer server) throws IOException {
    return project("openai-compatible:words@" + server.baseUrl());
  }

  private String rows(int count) throws IOException {
    StringBuilder text = new StringBuilder("id,text\n");
    for (int i = 0; i < count; i++) {
      text.append(i).append(i % 3 == 0 ? ",an invoice " : ",a parcel ").append(i).append('\n');
    }
    return Files.writeString(folder.resolve("new.csv"), text).toString();
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void answersAThousandRowsAsWithout() throws IOException {
    try (ModelServer server = words().start()) {
      String project = project(server);
      String rows = rows(1_000);

      Ran alone = Ran.hone("run", project, rows, "--no-cache", "--out", out("alone.csv"));
      int single = server.calls().size();
      Ran batch =
          Ran.hone("run", project, rows, "--no-cache", "--batch", "--out", out("batch.csv"));

      assertThat(alone.exitCode()).as(alone.err()).isZero();
      assertThat(batch.exitCode()).as(batch.err()).isZero();
      assertThat(Path.of(out("batch.csv"))).hasSameTextualContentAs(Path.of(out("alone.csv")));
      assertThat(server.calls()).hasSize(single + 1_000);
      assertThat(server.batches()).isBetween(1, 5);
      assertThat(batch.err()).contains("handed in at", "next look in", "ended");
      assertThat(folder.resolve("batch.csv.batches")).doesNotExist();
    }
  }

  @Test
  void writesTheErrorOfARowThatFailedInItsBatch() throws IOException {
    FaultPlan faults =
        call -> call.text().contains("parcel 2\n") ? WireFault.status(400) : WireFault.none();
    try (ModelServer server = words().faults(faults).start()) {
      Ran ran =
          Ran.hone("run", project(server), rows(4), "--no-cache", "--batch", "--out", out("a.csv"));

      assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
      List<String> lines = Files.readAllLines(Path.of(out("a.csv")));
      assertThat(lines.get(2)).contains("SHIPPING");
      assertThat(lines.get(3)).contains("InvalidRequest");
    }
  }

  @Test
  void paysOnceThoughTheProcessIsKilledWhileItWaits() throws Exception {
    BatchBehavior slow = BatchBehavior.defaults().delay(Duration.ofSeconds(4));
    try (ModelServer server = words().batches(slow).start()) {
      List<String> command =
          new ArrayList<>(
              List.of("run", project(server), rows(20), "--no-cache", "--batch", "--out"));
      command.add(out("answered.csv"));
      Process process = started(command);
      while (server.batches() == 0 && process.isAlive()) {
        Thread.sleep(5);
      }
      awaitId(folder.resolve("answered.csv.batches"));
      process.destroyForcibly().waitFor();

      command.remove("--batch");
      command.add("--resume");
      Ran again = Ran.hone(command.toArray(String[]::new));

      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(Files.readAllLines(Path.of(out("answered.csv")))).hasSize(21);
      assertThat(again.err()).contains("batch batch_0002").doesNotContain("handed in at");
      assertThat(server.calls()).hasSize(20);
      assertThat(server.batches()).isEqualTo(1);
    }
  }

  @Test
  void optimizingGoesOnInBatchesAfterAKill() throws Exception {
    SmallProject project = SmallProject.in(folder);
    BatchBehavior slow = BatchBehavior.defaults().delay(Duration.ofSeconds(3));
    try (ModelServer server =
        ModelServer.builder(LanguageModel.named("embedded")).batches(slow).start()) {
      String model = "openai-compatible:embedded@" + server.baseUrl();
      String run = project.file("run").toString();
      List<String> command = new ArrayList<>();
      command.addAll(List.of("optimize", project.file("tickets").toString(), "--run", run));
      command.addAll(List.of("--model", model, "--yes", "--no-cache", "--batch"));
      command.addAll(List.of("-o", "labeled-few-shot"));
      Process process = started(command);
      awaitId(project.file("run/batches"));
      process.destroyForcibly().waitFor();
      int handedIn = server.batches();

      Ran again = project.hone("optimize", "--resume", run, "--yes", "--no-cache");

      assertThat(again.exitCode()).as(again.err()).isIn(0, 3);
      assertThat(handedIn).isEqualTo(1);
      assertThat(server.batches()).as(again.err()).isGreaterThan(1);
      assertThat(again.err()).contains(" ended");
      assertThat(project.file("run/batches")).doesNotExist();
      List<String> asked = server.calls().stream().map(call -> call.text()).toList();
      assertThat(asked.subList(0, 19)) // the test rows: before, and after
          .allSatisfy(row -> assertThat(Collections.frequency(asked, row)).isEqualTo(2));
    }
  }

  private Process started(List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), Hone.class.getName()));
    all.addAll(arguments);
    File log = folder.resolve("process.log").toFile();
    return new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log).start();
  }

  /** Waits until it is known there which batch was handed in. */
  private static void awaitId(Path batches) throws IOException, InterruptedException {
    while (true) {
      Thread.sleep(5);
      if (!Files.isDirectory(batches)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(batches)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".batch.json")).toList()) {
          if (Files.readString(file).contains("\"id\":\"batch_")) {
            return;
          }
        }
      } catch (UncheckedIOException e) {
        // a temporary file was renamed meanwhile
      }
    }
  }

  @Test
  void refusesAModelWithoutBatchesBeforeAnyCall() throws IOException {
    String project = project("embedded");

    Ran ran = Ran.hone("run", project, rows(3), "--batch", "--out", out("answered.csv"));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("The model embedded has no batch API", "Maybe leave --batch out");
    assertThat(Path.of(out("answered.csv"))).doesNotExist();
  }

  @Test
  void refusesAServerWithoutBatchesBeforeAnyCall() throws IOException {
    try (ModelServer server = words().apis(ModelServer.Api.ANTHROPIC).start()) {
      Ran ran =
          Ran.hone("run", project(server), rows(3), "--no-cache", "--batch", "--out", out("a.csv"));

      assertThat(ran.exitCode()).isNotZero();
      assertThat(ran.err()).contains("has no batch API");
      assertThat(server.calls()).isEmpty();
    }
  }

  @Test
  void wantsAFileOfRowsAndOneForTheAnswers() throws IOException {
    String project = project("embedded");

    assertThat(Ran.hone("run", project, "--batch", "text=hello").err()).contains("rows of a file");
    assertThat(Ran.hone("run", project, rows(3), "--batch").err()).contains("--out answered.csv");
  }

  @Test
  void optimizesAndEvaluatesToTheSameScoresAsWithout() {
    SmallProject project = SmallProject.in(folder);
    try (ModelServer server = ModelServer.start(LanguageModel.named("embedded"))) {
      String model = "openai-compatible:embedded@" + server.baseUrl();
      String[] optimize = {
        "--model", model, "--yes", "--json", "--no-cache", "-o", "labeled-few-shot"
      };
      JsonNode alone = Json.parse(project.hone("optimize", optimize).out());
      JsonNode batch = Json.parse(project.hone("optimize", with(optimize, "--batch")).out());

      assertThat(server.batches()).isBetween(2, 12);
      assertThat(batch.path("before").path("score")).isEqualTo(alone.path("before").path("score"));
      assertThat(batch.path("after").path("score")).isEqualTo(alone.path("after").path("score"));

      String[] evaluate = {
        "--model", model, "--yes", "--json", "--no-cache", "--program", "as-written"
      };
      JsonNode score = Json.parse(project.hone("evaluate", evaluate).out()).path("score");
      int before = server.batches();
      Ran scored = project.hone("evaluate", with(evaluate, "--batch"));
      assertThat(Json.parse(scored.out()).path("score")).isEqualTo(score);
      assertThat(server.batches()).isGreaterThan(before);
    }
  }

  @Test
  void choosesASearchThatSuitsBatches() {
    SmallProject project = SmallProject.in(folder);

    Ran ran =
        project.hone("optimize", "--batch", "--model", "openai-compatible:m@http://127.0.0.1:9/v1");

    assertThat(ran.err())
        .contains("search tpe, trials in flight 10", "about 20, most of them small");
  }

  private static String[] with(String[] arguments, String more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }
}
