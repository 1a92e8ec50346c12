package dev.hone.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.json.Json;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a file of rows to a project file and its scores, without a word of Java. */
class InitAndEvaluateTest {
  private static final String[] BILLING = {
    "My invoice is wrong",
    "I was charged twice",
    "The payment failed again",
    "Refund the fee please"
  };
  private static final String[] DEFECT = {
    "The lamp is broken", "It does not switch on", "The screen has a crack", "A part is missing"
  };

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void writeRows() throws IOException {
    StringBuilder text = new StringBuilder("id,text,topic\n");
    for (int i = 0; i < 40; i++) {
      String[] texts = i % 2 == 0 ? BILLING : DEFECT;
      text.append(
          "%d,\"%s, order %d\",%s\n"
              .formatted(900 + i, texts[i % 4], i, i % 2 == 0 ? "BILLING" : "DEFECT"));
    }
    text.append("950,\"It does not switch on, order 1\",BILLING\n");
    text.append("951,\"It does not switch on, order 1\",DEFECT\n");
    data = Files.writeString(folder.resolve("tickets.csv"), text.toString());
  }

  private String project() {
    return folder.resolve("tickets").toString();
  }

  @Test
  void saysWhatItTookForWhatAndWhatIsOdd() throws IOException {
    Ran ran = Ran.hone("init", data.toString());

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("42 rows, comma, UTF-8")
        .containsPattern("id +42 distinct numbers +ignored: names rows")
        .containsPattern("text +text, \\d+ to \\d+ characters +input")
        .containsPattern("topic +BILLING 21, DEFECT 21 +output, one of 2 \\(exact\\)")
        .contains("repeated rows 1, same input with another label 1")
        .contains("lines 3 and 42")
        .contains("wrote ");
    assertThat(ran.err()).contains("next: hone evaluate ");
    assertThat(folder.resolve("tickets.hone.yaml"))
        .content()
        .startsWith("# yaml-language-server: $schema=.hone/hone.schema.json")
        .contains("one of: [BILLING, DEFECT]", "metric: exact(topic)");
    assertThat(folder.resolve(".hone/hone.schema.json")).exists();
  }

  @Test
  void writesOverNoProjectUnlessItIsTold() {
    Ran.hone("init", data.toString());

    Ran again = Ran.hone("init", data.toString());

    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("already", "Maybe use it (hone evaluate tickets)", "--force");
    assertThat(Ran.hone("init", data.toString(), "--force").exitCode()).isZero();
  }

  @Test
  void takesWhatIsSaidOfColumns() throws IOException {
    Ran ran =
        Ran.hone(
            "init",
            data.toString(),
            "--input",
            "text",
            "--output",
            "ID",
            "--task",
            "Count: them.",
            "--name",
            "other",
            "--json");

    JsonNode json = Json.parse(ran.out());
    assertThat(json.path("columns").get(0).path("use").asString()).isEqualTo("output");
    assertThat(json.path("columns").get(2).path("use").asString()).isEqualTo("ignored");
    assertThat(folder.resolve("other.hone.yaml")).content().contains("task: \"Count: them.\"");
    assertThat(Ran.hone("init", data.toString(), "--output", "topik", "--force").err())
        .contains("--output (topik) is no column", "Maybe use topic");
  }

  @Test
  void readsExportsOfSpreadsheetsAndNestedJson() throws IOException {
    Path export = folder.resolve("export.csv");
    StringBuilder text = new StringBuilder("Nachricht;Thema;Preis Netto;Tag\r\n");
    for (int i = 0; i < 20; i++) {
      text.append(
          "Grüße %d;%s;%d,50;%02d.11.2026\r\n".formatted(i, i % 2 == 0 ? "Ä" : "B", i, i + 1));
    }
    Files.write(export, text.toString().getBytes(Charset.forName("windows-1252")));
    Path posts = folder.resolve("posts.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lines.append(
          "{\"post\": {\"body\": \"text %d\", \"likes\": %d}, \"tags\": [\"%s\"]}\n"
              .formatted(i, i, i % 2 == 0 ? "NEWS" : "MUSIC"));
    }
    Files.writeString(posts, lines.toString());

    Ran spreadsheet = Ran.hone("init", export.toString(), "--output", "Thema,Preis Netto,Tag");
    Ran nested = Ran.hone("init", posts.toString());

    assertThat(spreadsheet.out())
        .contains("semicolon, Windows-1252, decimal comma, dates", "12 to learn, 8 to test");
    assertThat(folder.resolve("export.hone.yaml"))
        .content()
        .contains("column: Preis Netto", "type: number", "type: date", "encoding: Windows-1252");
    assertThat(nested.out()).contains("12 to learn, 8 to test");
    assertThat(folder.resolve("posts.hone.yaml"))
        .content()
        .contains("body: { type: text }", "set of:", "one of: [MUSIC, NEWS]", "jaccard(tags)");
  }

  @Test
  void scoresTheRowsToLearnFromAndShowsTheWorst() throws IOException {
    Ran.hone("init", data.toString());
    Path failures = folder.resolve("failures.csv");

    Ran ran = Ran.hone("evaluate", project(), "--failures", failures.toString());

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("tickets, as-written, on embedded, ", " learning rows", "score ", " calls, ")
        .contains("topic ")
        .doesNotContain("test row");
    assertThat(ran.err()).contains("next: hone show ");
    assertThat(folder.resolve("tickets.test-looks.json")).doesNotExist();
    assertThat(failures)
        .content()
        .startsWith("text,topic_expected,topic_found,hone_score,hone_why\n");
  }

  @Test
  void countsLooksAtTheTestRowsAndShowsNone() throws IOException {
    Ran.hone("init", data.toString());

    Ran first = Ran.hone("evaluate", project(), "--test");
    Ran second = Ran.hone("evaluate", project(), "--test", "--json", "--quiet");

    assertThat(first.out()).contains("the first look at the test rows", " test rows");
    assertThat(first.out()).doesNotContain("worst rows", "order ");
    JsonNode json = Json.parse(second.out());
    assertThat(json.path("testLooks").asInt()).isEqualTo(2);
    assertThat(json.path("part").asString()).isEqualTo("test");
    assertThat(json.path("fields").get(0).path("name").asString()).isEqualTo("topic");
    assertThat(second.err()).isEmpty();
  }

  @Test
  void scoresUnderAMetricOfSets() throws IOException {
    Ran.hone("init", data.toString());
    Path file = folder.resolve("tickets.hone.yaml");
    String yaml = Files.readString(file);
    Files.writeString(
        file,
        yaml.replace(
            "metric: exact(topic)",
            "metric: { score: macro f1(topic), at least: { \"recall(topic, DEFECT)\": 0.1 } }"));

    Ran ran = Ran.hone("evaluate", project());

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("macro", "recall(topic, DEFECT)", "at least 10.0");
  }
}
