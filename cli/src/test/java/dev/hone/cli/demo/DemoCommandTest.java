package dev.hone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.json.Json;
import dev.hone.local.EmbeddedModel;
import dev.hone.testkit.OpenAiStubServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DemoCommandTest {
  @TempDir Path folder;

  private static Ran demo(String... arguments) {
    List<String> all = new ArrayList<>(List.of("demo"));
    all.addAll(List.of(arguments));
    return Ran.hone(all.toArray(String[]::new));
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
    JsonNode moderation = resultOf("moderation");
    JsonNode support = resultOf("support");

    assertThat(score(moderation, "miproV2"))
        .isGreaterThanOrEqualTo(score(moderation, "baseline") + 18)
        // one seed: what the two differ by is within the error of 120 examples
        .isGreaterThanOrEqualTo(score(moderation, "bootstrapFewShot") - 3);
    assertThat(score(support, "miproV2")).isGreaterThanOrEqualTo(score(support, "baseline") + 8);
  }

  private JsonNode resultOf(String task) {
    return Json.parse(demo("--task", task, "--json", "--artifact", file(task + ".json")).out());
  }

  private static double score(JsonNode result, String row) {
    return result.get(row).get("testScore").doubleValue();
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
        .contains("Hone demo: support", "zero-shot baseline", "BootstrapFewShot", "MIPROv2 light")
        .contains("it began with", "Route the customer's message.", "what won")
        .contains("-> LOGIN", "writes notes, not prose")
        .contains("the same as before it was saved");
    assertThat(ran.out().lines())
        .filteredOn(line -> !line.startsWith("saved"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void showsTheModerationTaskOnRequest() {
    Ran ran = demo("--task", "moderation", "--artifact", file("a.json"));

    assertThat(ran.out())
        .contains("Hone demo: moderation", "Classify the snippet for moderation.", "-> LOW, []");
  }

  @Test
  void tellsItsProgressInLinesThatFitANarrowTerminal() {
    Ran ran = demo("--artifact", file("a.json"));

    assertThat(ran.err())
        .contains("] zero-shot baseline", "] testing on 120 examples", "] MIPROv2 light")
        .contains("] searching", "] trial 1: ", " on 8, best ")
        .contains(", best ", "] testing what was saved")
        .doesNotContain("trial 0");
    assertThat(ran.err().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(50));
  }
}
