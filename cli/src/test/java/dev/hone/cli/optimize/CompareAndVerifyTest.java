package dev.hone.cli.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CompareAndVerifyTest {
  @TempDir private static Path folder;
  private static SmallProject project;

  @BeforeAll
  static void optimize() {
    project = SmallProject.in(folder);
    project.hone("optimize", "-q", "--optimizer", "random-search", "--set", "candidate-programs=2");
  }

  @Test
  void comparesRowByRowAndCountsTheLookAtTheTestRows() {
    Ran ran = project.hone("compare");

    assertThat(ran.exitCode()).as(ran.err()).isIn(0, 3);
    assertThat(ran.out())
        .contains("19 test rows", "as-written", "tickets.program.json", "truly better")
        .doesNotContain("Customer");
    assertThat(ran.err()).contains("at the test rows");
  }

  @Test
  void findsNothingBetterInAProgramBesideItself() {
    Ran ran = project.hone("compare", "as-written", "as-written", "--json", "-q");

    JsonNode json = Json.parse(ran.out());
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(json.path("comparison").path("betterBy").asDouble()).isZero();
    assertThat(json.path("comparison").path("probabilityBetter").asDouble()).isEqualTo(0.5);
  }

  @Test
  void saysThatASavedProgramStillHolds() {
    Ran ran = project.hone("verify", "--rows", "learn");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("now", "recorded", "It holds");
  }

  @Test
  void saysWhichProgramIsMissing() {
    Ran ran = project.hone("verify", "--program", "other.json");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("There is no program other.json. Maybe make one: hone optimize");
  }
}
