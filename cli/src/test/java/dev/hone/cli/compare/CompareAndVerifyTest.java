package dev.hone.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.cli.Ran;
import dev.hone.cli.SmallProject;
import dev.hone.cli.TopicServer;
import dev.hone.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** On a model that gets every third customer right, and with demos all of them. */
class CompareAndVerifyTest {
  @TempDir private static Path folder;
  private static SmallProject project;
  private static TopicServer server;

  @BeforeAll
  static void optimize() {
    server = new TopicServer((customer, demos) -> demos || customer % 3 == 0);
    project = SmallProject.in(folder);
    Ran ran = hone("optimize", "-q", "--optimizer", "labeled-few-shot");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  @AfterAll
  static void closeTheServer() {
    server.close();
  }

  @BeforeEach
  void asItWas() {
    server.right((customer, demos) -> demos || customer % 3 == 0);
  }

  private static Ran hone(String command, String... arguments) {
    String[] all = new String[arguments.length + 3];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = server.option();
    all[arguments.length + 1] = "--yes";
    all[arguments.length + 2] = "--no-cache";
    return project.hone(command, all);
  }

  @Test
  void comparesRowByRowAndCountsTheLookAtTheTestRows() {
    Ran ran = hone("compare");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("19 test rows", "as-written", "tickets.program.json", "100.0", "truly better")
        .doesNotContain("Customer");
    assertThat(ran.err()).contains("at the test rows");
  }

  @Test
  void comparesByTheNumbersOfBoth() {
    JsonNode json = Json.parse(hone("compare", "--rows=learn", "--json", "-q").out());

    JsonNode comparison = json.path("comparison");
    assertThat(comparison.path("rows").asInt()).isEqualTo(29);
    long wrong = comparison.path("better").asLong();
    assertThat(wrong).isBetween(15L, 24L);
    assertThat(comparison.path("worse").asInt()).isZero();
    assertThat(comparison.path("betterBy").asDouble()).isEqualTo(wrong / 29.0, within(1e-9));
    assertThat(json.path("verdict").asString()).isEqualTo("Improved");
    assertThat(json.path("betterRows")).hasSize((int) wrong);
  }

  @Test
  void saysThatTheSecondIsWorse() {
    String program = project.file("tickets.program.json").toString();

    Ran ran = hone("compare", program, "as-written");

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(3);
    assertThat(ran.out()).contains("Worse: as-written scores ", "against 100.0 on 19 rows");
  }

  @Test
  void tellsProgramsOfOneFileNameApart() throws IOException {
    Path one = Files.createDirectories(project.file("one")).resolve("program.json");
    Path two = Files.createDirectories(project.file("two")).resolve("program.json");
    Files.copy(project.file("tickets.program.json"), one);
    Files.copy(project.file("tickets.program.json"), two);

    Ran ran = hone("compare", one.toString(), two.toString(), "--json", "-q");

    JsonNode json = Json.parse(ran.out());
    assertThat(json.path("first").path("name").asString()).isEqualTo(one.toString());
    assertThat(json.path("second").path("name").asString()).isEqualTo(two.toString());
    assertThat(json.path("second").path("score").asDouble()).isEqualTo(1);
  }

  @Test
  void findsNothingBetterInAProgramBesideItself() {
    Ran ran = hone("compare", "as-written", "as-written", "--json", "-q");

    JsonNode json = Json.parse(ran.out());
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(json.path("comparison").path("betterBy").asDouble()).isZero();
    assertThat(json.path("comparison").path("probabilityBetter").asDouble()).isEqualTo(0.5);
  }

  @Test
  void saysThatASavedProgramStillHoldsOnTheRowsOfItsTest() {
    Ran ran = hone("verify");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("recorded  100.0  found on the test set", "It holds")
        .contains("These are the examples of its testset.")
        .doesNotContain("other examples");
  }

  @Test
  void saysThatASavedProgramNoLongerDoesWhatItDid() {
    server.right((customer, demos) -> customer % 3 == 0);

    Ran ran = hone("verify");

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(3);
    assertThat(ran.out()).contains("recorded  100.0", "It scores lower than recorded");
  }

  @Test
  void saysWhereTheRowsAreOtherOnesThanThoseOfTheRecordedScore() {
    Ran ran = hone("verify", "--rows", "learn");

    assertThat(ran.out()).contains("The recorded score is of other examples than these.");
  }

  @Test
  void refusesToHoldTestRowsBesideTheScoreThatAProgramWasChosenBy() throws IOException {
    Path untested = project.file("untested.json");
    String saved = Files.readString(project.file("tickets.program.json"));
    Files.writeString(untested, saved.replace("found on the test set", "best on the valset"));
    int before = server.calls();

    Ran ran = hone("verify", "--program", untested.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("records no score on test rows", "--rows learn");
    assertThat(server.calls()).isEqualTo(before);
  }

  @Test
  void saysWhichProgramIsMissing() {
    Ran ran = hone("verify", "--program", "other.json");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("There is no program other.json. Maybe make one: hone optimize");
  }
}
