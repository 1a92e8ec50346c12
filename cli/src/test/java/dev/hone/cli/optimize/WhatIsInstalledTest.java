package dev.hone.cli.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.cli.SmallProject;
import dev.hone.cli.TopicServer;
import dev.hone.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WhatIsInstalledTest {
  @TempDir private Path folder;
  private SmallProject project;
  private final TopicServer server = new TopicServer((customer, demos) -> true);

  @BeforeEach
  void makeTheProject() {
    project = SmallProject.in(folder);
  }

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  private Ran optimize(String... more) {
    String[] all = new String[more.length + 5];
    System.arraycopy(more, 0, all, 5, more.length);
    all[0] = "--optimizer=labeled-few-shot";
    all[1] = server.option();
    all[2] = "--yes";
    all[3] = "--no-cache";
    all[4] = "--seed=1";
    return project.hone("optimize", all);
  }

  @Test
  void aWorseProgramIsNotPutBesideTheProject() throws IOException {
    server.right((customer, demos) -> !demos || customer % 4 == 0);

    Ran ran = optimize("--run", project.file("run").toString());

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(3);
    assertThat(ran.out())
        .contains("Worse: after scores ", "against 100.0 on 19 rows", "under 1 %")
        .contains("The program as written stays as it was.")
        .doesNotContain("best expected");
    assertThat(ran.err()).doesNotContain("next: hone run");
    assertThat(project.file("tickets.program.json")).doesNotExist();
    assertThat(project.file("run/program.json")).isNotEmptyFile();
    assertThat(Files.readString(project.file("tickets.report.html"))).contains(">Worse.<");
  }

  @Test
  void aWorseProgramDoesNotReplaceABetterOne() throws IOException {
    server.right((customer, demos) -> demos);
    assertThat(optimize("-q").exitCode()).isZero();
    String better = Files.readString(project.file("tickets.program.json"));
    server.right((customer, demos) -> !demos);

    Ran ran = optimize("--set=max-labeled-demos=2", "--json", "-q");

    JsonNode json = Json.parse(ran.out());
    assertThat(json.path("verdict").asString()).isEqualTo("Worse");
    assertThat(json.path("installed").asBoolean()).isFalse();
    assertThat(project.file("tickets.program.json")).hasContent(better);
    assertThat(project.file("tickets.program.bak.json")).doesNotExist();
  }

  @Test
  void aProgramThatTurnsOutWorseIsNamedWhereItIsBesideTheProject() {
    assertThat(optimize("-q").exitCode()).isEqualTo(3);
    server.right((customer, demos) -> !demos);

    assertThat(optimize().out()).contains("tickets.program.json is this program: delete it");
  }

  @Test
  void aProgramThatCannotBePutBesideTheProjectIsInTheRunFolder() throws IOException {
    Files.createDirectories(project.file("tickets.program.json/in-the-way"));

    Ran ran = optimize("--run=" + project.file("run"));

    assertThat(ran.out()).contains("before", "after", "tickets.program.json cannot be written");
    assertThat(project.file("run/program.json")).isNotEmptyFile();
  }

  @Test
  void whatIsPaidForIsShownWhereItsTestFails() {
    server.down();

    Ran ran = optimize();

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out())
        .contains("The test of what was found failed: ", "wrote tickets.program.json");
    assertThat(project.file("tickets.program.json")).isNotEmptyFile();
  }

  @Test
  void whatWasNotTestedDoesNotReplaceWhatWas() throws IOException {
    server.right((customer, demos) -> demos);
    optimize("-q");
    String tested = Files.readString(project.file("tickets.program.json"));
    server.down();

    Ran ran = optimize("--set=max-labeled-demos=2");

    assertThat(ran.out())
        .contains("tickets.program.json stays as it was: what was found was not tested");
    assertThat(project.file("tickets.program.json")).hasContent(tested);
  }

  @Test
  void testRowsAreInTheReportWhereThatIsAskedForOnly() throws IOException {
    String run = "--run=" + project.file("run");
    optimize("-q", run);
    String row = project.testRow();
    String record = Files.readString(project.file("run/record.json"));

    assertThat(record).doesNotContain(row).contains("\"position\"");
    assertThat(Files.readString(project.file("tickets.report.html")))
        .doesNotContain(row)
        .contains("Row 1<", "their texts are not in this report");

    optimize("-q", "--show-test-rows", "--run=" + project.file("shown"));

    assertThat(Files.readString(project.file("shown/record.json"))).contains(row);
    assertThat(Files.readString(project.file("tickets.report.html")))
        .contains(row, "shown, by --show-test-rows");
  }

  @Test
  void aReportThatCannotBeCopiedHidesNoResult() throws IOException {
    Files.createDirectories(project.file("tickets.report.html/in-the-way"));

    Ran ran = optimize();

    assertThat(ran.out()).contains("before", "after", "wrote tickets.program.json");
    assertThat(ran.err()).contains("tickets.report.html cannot be written");
  }
}
