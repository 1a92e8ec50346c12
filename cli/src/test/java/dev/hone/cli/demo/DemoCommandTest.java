package dev.hone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Hone;
import dev.hone.json.Json;
import dev.hone.local.EmbeddedModel;
import dev.hone.testkit.OpenAiStubServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DemoCommandTest {
  @TempDir Path folder;

  /** What a command printed, and how it ended. */
  private record Ran(int exitCode, String out, String err) {}

  private Ran demo(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Hone.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("demo"));
    all.addAll(List.of(arguments));
    int exitCode = command.execute(all.toArray(String[]::new));
    return new Ran(exitCode, out.toString(), err.toString());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void printsOneJsonObjectWithTheFactsAndNothingElse() {
    Ran ran = demo("--json", "--seed", "3", "--artifact", file("a.json"));

    JsonNode result = Json.parse(ran.out());
    assertThat(ran.exitCode()).isZero();
    for (String row : List.of("baseline", "bootstrapFewShot", "miproV2")) {
      JsonNode facts = result.get(row);
      assertThat(facts.get("testScore").doubleValue())
          .as(row)
          .isBetween(facts.get("lower").doubleValue(), facts.get("upper").doubleValue());
      assertThat(facts.get("lmCalls").longValue()).as(row).isGreaterThanOrEqualTo(120);
    }
    assertThat(result.get("seed").longValue()).isEqualTo(3);
    assertThat(result.get("artifact").stringValue()).isEqualTo(file("a.json"));
    assertThat(result.get("reloadedTestScore").doubleValue())
        .isEqualTo(result.get("miproV2").get("testScore").doubleValue());
  }

  @Test
  void liftsBothTasksOnExamplesThatNoOptimizerSaw() {
    for (String task : DemoTask.NAMES) {
      Ran ran = demo("--task", task, "--json", "--artifact", file(task + ".json"));

      JsonNode result = Json.parse(ran.out());
      double baseline = result.get("baseline").get("testScore").doubleValue();
      assertThat(result.get("miproV2").get("testScore").doubleValue())
          .as(task)
          .isGreaterThan(baseline + 5);
    }
  }

  @Test
  void savesTheSameFileWhateverTheNumberOfCallsInFlight() throws Exception {
    demo("--json", "--in-flight", "1", "--artifact", file("one.json"));

    demo("--json", "--in-flight", "16", "--artifact", file("sixteen.json"));

    assertThat(withoutTime("sixteen.json")).isEqualTo(withoutTime("one.json"));
  }

  private String withoutTime(String name) throws Exception {
    ObjectNode artifact = (ObjectNode) Json.parse(Files.readString(folder.resolve(name)));
    ((ObjectNode) artifact.get("provenance")).remove(List.of("createdAt", "environment"));
    return Json.write(artifact);
  }

  @Test
  void optimizesARemoteModelOverHttpAsItDoesTheSameModelInside() {
    Ran inside = demo("--json", "--task", "support", "--artifact", file("inside.json"));
    try (OpenAiStubServer server = new OpenAiStubServer(EmbeddedModel.load())) {
      Ran remote =
          demo(
              "--json",
              "--task",
              "support",
              "--model",
              "openai-compatible:tiny@" + server.baseUrl(),
              "--artifact",
              file("remote.json"));

      JsonNode expected = Json.parse(inside.out());
      JsonNode actual = Json.parse(remote.out());
      assertThat(actual.get("baseline")).isEqualTo(expected.get("baseline"));
      assertThat(actual.get("bootstrapFewShot")).isEqualTo(expected.get("bootstrapFewShot"));
      assertThat(actual.get("miproV2").get("testScore").doubleValue())
          .isGreaterThan(actual.get("baseline").get("testScore").doubleValue());
    }
  }

  @Test
  void showsATableProgressAndWhatChanged() {
    Ran ran = demo("--artifact", file("a.json"));

    assertThat(ran.out())
        .contains("zero-shot baseline", "BootstrapFewShot", "MIPROv2 light")
        .contains("it began with", "Classify the snippet for moderation.", "what won")
        .contains("the same as before it was saved");
    assertThat(ran.err()).contains("searching instructions and demos");
  }

  @Test
  void saysWhichTasksThereAre() {
    Ran ran = demo("--task", "poetry");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("poetry", "moderation, support", "Maybe");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void saysHowModelsAreNamed() {
    Ran ran = demo("--model", "openai-compatible:tiny");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("openai-compatible:MODEL@URL", "Maybe");
  }
}
