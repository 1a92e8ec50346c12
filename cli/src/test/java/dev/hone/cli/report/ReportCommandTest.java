package dev.hone.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.json.Json;
import dev.hone.report.RunRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportCommandTest {
  @TempDir Path folder;

  @Test
  void writesTheReportBesideTheRecordAndSaysWhatTheRunCameTo() throws Exception {
    Path run = run("tickets.runs/20261130-101500", "tickets");

    Ran ran = Ran.hone("report", run.toString());

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).startsWith("tickets: Done.").contains("report: ").contains("report.html");
    assertThat(ran.err()).startsWith("next: open file:///");
    assertThat(Files.readString(run.resolve("report.html"))).startsWith("<!doctype html>");
  }

  @Test
  void takesTheNewestRunOfAProject() throws Exception {
    run("tickets.runs/20261129-101500", "older");
    run("tickets.runs/20261130-101500", "newer");

    assertThat(Ran.hone("report", folder.resolve("tickets").toString()).out()).startsWith("newer:");
    assertThat(Ran.hone("report", folder.resolve("tickets.runs").toString()).out())
        .startsWith("newer:");
  }

  @Test
  void runsOfOneProjectAreToldApartByTheirFolders() throws Exception {
    Path first = run("first", "tickets");
    Path second = run("second", "tickets");
    Path out = folder.resolve("both.html");

    Ran ran = Ran.hone("report", "-o", out.toString(), first.toString(), second.toString());

    assertThat(ran.out()).contains("tickets in first, ").contains("tickets in second, ");
    assertThat(Files.readString(out)).contains(">tickets in first, ", ">tickets in second, ");
    assertThat(
            Ran.hone("report", "-o", out.toString(), first.toString(), first.toString())
                .out()
                .lines()
                .limit(2)
                .map(line -> line.replaceFirst(": Done.*", "")))
        .doesNotHaveDuplicates();
  }

  @Test
  void putsSeveralSideBySideIntoTheFileThatIsNamed() throws Exception {
    Path first = run("a", "first");
    Path second = run("b", "second");
    Path out = folder.resolve("both.html");

    Ran ran =
        Ran.hone(
            "report",
            "--json",
            "--quiet",
            "--out",
            out.toString(),
            first.toString(),
            second.resolve("record.json").toString());

    JsonNode result = Json.parse(ran.out());
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(result.path("runs")).hasSize(2);
    assertThat(result.path("runs").path(1).path("name").stringValue()).isEqualTo("second");
    assertThat(Files.readString(out)).contains("2 runs side by side");
  }

  @Test
  void whatIsNoRunIsRefusedWithCodeTwoAndAFix() throws Exception {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
    Path empty = Files.createDirectories(folder.resolve("empty"));

    for (Path argument : new Path[] {other, empty, folder.resolve("missing")}) {
      Ran ran = Ran.hone("report", argument.toString());

      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).contains(argument.toString()).contains("Maybe");
    }
    assertThat(Ran.hone("report").exitCode()).isEqualTo(2);
  }

  private Path run(String place, String name) {
    Path run = folder.resolve(place);
    RunRecorder.named(name).finished().record().write(run.resolve("record.json"));
    return run;
  }
}
