package dev.hone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.InvalidInputException;
import dev.hone.batch.Snippets.Length;
import dev.hone.batch.Snippets.Snippet;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@Tag("once")
class BatchFilesTest {
  private static final String JSONL =
      """
      {"text": "plain", "id": 1}
      {"text": "of \\"quotes\\", commas\\nand lines \\ud800", "id": 2, "error": "theirs"}

      {"text": "refused", "id": 3}
      not JSON
      {"wrong": "column"}
      {"text": "grüße", "id": 4, "chars": 5}
      {"text": "garbled", "id": 5}
      {"text": "last"}
      """;

  private static final String CSV =
      """
      id,text,chars
      1,plain,5
      2,"of ""quotes"", commas
      and lines",
      3,refused,
      4,too,many,cells
      5,grüße,
      6,"",
      7,garbled,
      8,last,
      """;

  @TempDir private Path folder;

  private BatchReport run(Path in, Path out, boolean csv) {
    BatchRun<Snippet, Length> run = BatchRun.of(Snippets.PROGRAM);
    return Snippets.context(Snippets.model(), 4)
        .call(() -> csv ? run.runCsv(in, out) : run.runJsonl(in, out));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void writesARowForEachRowOfJsonLines() throws Exception {
    Path in = write("in.jsonl", JSONL);
    Path out = folder.resolve("new/out.jsonl");

    BatchReport report = run(in, out, false);

    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(8);
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"text\":\"plain\",\"chars\":5,\"note\":\"a \\\"note\\\", on plain\",\"id\":1}");
    assertThat(lines.get(1)).contains("\"id\":2,\"error_extra\":\"theirs\"}");
    assertThat(lines.get(2))
        .isEqualTo(
            "{\"text\":\"refused\",\"id\":3,\"error\":\"The content is refused\","
                + "\"error_class\":\"ContentRefused\"}");
    assertThat(lines.get(3)).startsWith("{\"error\":\"").contains("in.jsonl, line 5: ");
    assertThat(lines.get(5)).contains("\"chars\":5,").contains("\"chars_extra\":5");
    assertThat(report.toString()).startsWith("8 rows: 4 answered, 1 refused, 3 failed; ");
    assertThat(report.kept()).isZero();
  }

  @Test
  void writesARowForEachRowOfCsv() throws Exception {
    Path in = write("in.csv", CSV);
    Path out = folder.resolve("out.csv");

    BatchReport report = run(in, out, true);

    assertThat(Files.readString(out))
        .startsWith(
            "text,chars,note,id,chars_extra,error,error_class\n"
                + "plain,5,\"a \"\"note\"\", on plain\",1,5,,\n"
                + "\"of \"\"quotes\"\", commas\nand lines\",")
        .contains("refused,,,3,,The content is refused,ContentRefused\n")
        .contains(",,,,,\"")
        .contains("in.csv, line 6: found 4 cells, expected 3");
    assertThat(report.toString()).startsWith("8 rows: 5 answered, 1 refused, 2 failed; ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void goesOnFromEveryByteAtWhichItCouldHaveEnded(boolean csv) throws Exception {
    Path in = write("in", csv ? CSV : JSONL);
    Path whole = folder.resolve("whole");
    BatchReport expected = run(in, whole, csv);
    byte[] bytes = Files.readAllBytes(whole);
    Path out = folder.resolve("out");

    long kept = -1;
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(out, Arrays.copyOf(bytes, length));

      BatchReport report = run(in, out, csv);

      assertThat(Files.readAllBytes(out)).as("ended after %d bytes", length).isEqualTo(bytes);
      assertThat(report.answered()).isEqualTo(expected.answered());
      assertThat(report.refused()).isEqualTo(expected.refused());
      assertThat(report.failed()).isEqualTo(expected.failed());
      assertThat(report.errorsByClass()).isEqualTo(expected.errorsByClass());
      assertThat(report.kept()).isGreaterThanOrEqualTo(kept);
      kept = report.kept();
    }
    assertThat(kept).isEqualTo(8);
  }

  @Test
  void aRunThatIsResumedCallsTheModelForTheOtherRowsOnly() throws Exception {
    Path in = write("in.jsonl", JSONL);
    Path out = folder.resolve("out.jsonl");
    run(in, out, false);
    List<String> lines = Files.readAllLines(out);
    Files.write(out, lines.subList(0, 7));
    FakeModel model = Snippets.model();

    Snippets.context(model, 4).run(() -> BatchRun.of(Snippets.PROGRAM).runJsonl(in, out));

    assertThat(model.requests()).hasSize(1);
    assertThat(Snippets.asked(model.requests().get(0))).isEqualTo("last");
    assertThat(Files.readAllLines(out)).isEqualTo(lines);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesToGoOnWithAnotherInput(boolean csv) throws Exception {
    String text = csv ? CSV : JSONL;
    Path out = folder.resolve("out");
    run(write("in", text), out, csv);
    byte[] bytes = Files.readAllBytes(out);
    Path changed = write("changed", text.replace("grüße", "greetings"));
    Path shorter =
        write("shorter", text.substring(0, text.indexOf(csv ? "8,last" : "{\"text\": \"last")));

    assertThatThrownBy(() -> run(changed, out, csv))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "out exists, and is not of the input", "other inputs than row", "Maybe");
    assertThatThrownBy(() -> run(shorter, out, csv))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("is one more than the 7 of the input");
    assertThat(Files.readAllBytes(out)).isEqualTo(bytes);
  }

  @Test
  void refusesAnswersThatAreDamagedInTheMiddleOrOfAnotherProgram() throws Exception {
    Path in = write("in.jsonl", JSONL);
    Path out = folder.resolve("out.jsonl");
    run(in, out, false);
    String text = Files.readString(out);
    Files.writeString(out, text.replace("{\"text\":\"refused\"", "{\"text\":\"ref"));

    assertThatThrownBy(() -> run(in, out, false))
        .hasMessageContainingAll("line 3", "is damaged, and not the last one");

    Path csv = write("in.csv", CSV);
    Path other = write("other.csv", "a,b\n1,2\n");
    assertThatThrownBy(() -> run(csv, other, true))
        .hasMessageContainingAll("its header is \"a,b", "expected \"text,chars");
    assertThat(Files.readString(other)).isEqualTo("a,b\n1,2\n");
  }

  @Test
  void cutsALastRowThatIsDamaged() throws Exception {
    Path in = write("in.jsonl", JSONL);
    Path out = folder.resolve("out.jsonl");
    run(in, out, false);
    String text = Files.readString(out);
    Files.writeString(out, text.substring(0, text.length() - 10) + "\u0000\u0000\n");

    run(in, out, false);

    assertThat(Files.readString(out)).isEqualTo(text);
  }

  @Test
  void aBadRowCostsNoOther() throws Exception {
    StringBuilder text = new StringBuilder("text\n");
    for (int i = 0; i < 1000; i++) {
      text.append(i % 100 == 50 ? "\"x\" junk " + i : i == 777 ? "\"never closed" : "text " + i);
      text.append('\n');
    }
    Path in = write("in.csv", text.toString());
    Path out = folder.resolve("out.csv");

    BatchReport report = run(in, out, true);

    assertThat(report.answered()).isEqualTo(989);
    assertThat(report.failed()).isEqualTo(11);
    Dataset<Snippet, Length> read =
        Dataset.ofCsv(
            dev.hone.data.Source.of(out),
            Snippets.PROGRAM.signature(),
            Columns.asNamed().labelsOptional());
    assertThat(read.size()).isEqualTo(1000);
    assertThat(read.labelled().get(988).input().text()).isEqualTo("text 999");
  }

  @Test
  void bytesThatAreNoTextCostTheirRowOnly() throws Exception {
    Path in = folder.resolve("in.jsonl");
    Files.write(
        in,
        "{\"text\": \"a\"}\n{\"text\": \"gr\u00fc\u00dfe\"}\n{\"text\": \"c\"}\n"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    Path out = folder.resolve("out.jsonl");

    BatchReport report = run(in, out, false);

    assertThat(report.answered()).isEqualTo(2);
    assertThat(Files.readAllLines(out).get(1))
        .contains("in.jsonl, line 2: the bytes are not UTF-8 text", "Windows-1252");
  }

  @Test
  void aLimitOfFailuresKeepsTheRowsInTheFile() throws Exception {
    Path in = write("in.jsonl", "{\"text\":\"ok\"}\n{\"text\":\"garbled\"}\n".repeat(50));
    Path out = folder.resolve("out.jsonl");
    BatchRun<Snippet, Length> run = BatchRun.of(Snippets.PROGRAM).maxErrors(9);

    Throwable end =
        catchThrowable(
            () -> Snippets.context(Snippets.model(), 4).run(() -> run.runJsonl(in, out)));

    assertThat(end).isInstanceOf(BatchFailedException.class).hasMessageContaining("10 of 20 rows");
    assertThat(Files.readAllLines(out)).hasSize(20);
    BatchReport report =
        Snippets.context(Snippets.model(), 4).call(() -> run.maxErrors(50).runJsonl(in, out));
    long setAside = BatchFailedException.in(end).orElseThrow().report().setAside();
    assertThat(report.kept()).isEqualTo(20 + setAside);
    assertThat(report.failed()).isEqualTo(50);
    assertThat(Files.readAllLines(out)).hasSize(100);
  }

  @Test
  void keepsNothingOfABatchThatCannotWork() throws Exception {
    Path in = write("in.jsonl", "{\"text\":\"ok\"}\n".repeat(50));
    Path out = folder.resolve("out.jsonl");

    Throwable end =
        catchThrowable(
            () ->
                Snippets.context(FakeModel.saying("no idea"), 4)
                    .run(() -> BatchRun.of(Snippets.PROGRAM).runJsonl(in, out)));

    assertThat(end).isInstanceOf(BatchFailedException.class);
    assertThat(Files.readString(out)).isEmpty();
    assertThat(run(in, out, false).answered()).isEqualTo(50);
  }

  @Test
  void whatEndsItKeepsTheRowsBefore() throws Exception {
    Path in = write("in.jsonl", "{\"text\":\"ok\"}\n".repeat(30) + "{\"text\":\"key\"}\n");
    Path out = folder.resolve("out.jsonl");
    FakeModel model =
        FakeModel.answering(
            request -> {
              if (Snippets.asked(request).equals("key")) {
                throw new LmException.Unauthorized("The key is refused", null);
              }
              return FakeModel.chat("chars", "1", "note", "x");
            });

    Throwable end =
        catchThrowable(
            () ->
                Snippets.context(model, 8)
                    .run(() -> BatchRun.of(Snippets.PROGRAM).runJsonl(in, out)));

    assertThat(end).isInstanceOf(LmException.Unauthorized.class);
    assertThat(BatchFailedException.in(end).orElseThrow().report().answered()).isEqualTo(30);
    assertThat(Files.readAllLines(out)).hasSize(30);
  }

  @Test
  void knowsTheFieldsOfSinglePredictorsAndIsToldThoseOfOthers() throws Exception {
    Path in = write("in.jsonl", "{\"text\":\"ok\"}\n");
    Path out = folder.resolve("out.jsonl");
    Program<Snippet, Length> own = input -> new Length(input.text().length(), "");
    FakeModel thinking =
        FakeModel.saying(FakeModel.chat("reasoning", "so", "chars", "2", "note", "n"));

    Snippets.context(thinking, 1)
        .run(() -> BatchRun.of(ChainOfThought.of(Snippet.class, Length.class)).runJsonl(in, out));
    assertThat(Files.readString(out)).isEqualTo("{\"text\":\"ok\",\"chars\":2,\"note\":\"n\"}\n");

    assertThatThrownBy(() -> BatchRun.of(own).runJsonl(in, out))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("runJsonl(in, out, Ticket.class, Label.class)");
    Path other = folder.resolve("other.jsonl");
    BatchRun.of(own).runJsonl(in, other, Snippet.class, Length.class);
    assertThat(Files.readString(other)).contains("\"chars\":2");
  }

  @Test
  void columnsOfOtherNamesAreMapped() throws Exception {
    Path in = write("in.csv", "body;lang\nhello;en\n");
    Path out = folder.resolve("out.csv");
    Signature<Snippet, Length> signature = Snippets.PROGRAM.signature();

    Snippets.context(Snippets.model(), 1)
        .run(
            () ->
                BatchRun.of(Snippets.PROGRAM)
                    .runCsv(in, out, signature, Columns.asNamed().with("body", "text")));

    assertThat(Files.readString(out))
        .isEqualTo(
            "text,chars,note,lang,error,error_class\n"
                + "hello,5,\"a \"\"note\"\", on hello\",en,,\n");
  }

  @Test
  void refusesFilesThatCannotBe() throws Exception {
    Path in = write("in.jsonl", JSONL);

    assertThatThrownBy(() -> run(in, in, false))
        .hasMessageContaining("both the input and the answers");
    assertThatThrownBy(() -> run(in, folder, false)).hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> run(folder.resolve("none"), folder.resolve("out"), false))
        .hasMessageContaining("There is no file");
    Path bad = write("bad.csv", "other\n1\n");
    assertThatThrownBy(() -> run(bad, folder.resolve("out"), true))
        .hasMessageContaining("\"text\" is missing");
  }

  @Test
  void oneRunWritesAFileAtATime() throws Exception {
    Path in = write("in.jsonl", JSONL);
    Path out = folder.resolve("out.jsonl");
    Program<Snippet, Length> nested =
        input -> {
          run(in, out, false);
          return new Length(0, "");
        };

    BatchReport report = BatchRun.of(nested).runJsonl(in, out, Snippet.class, Length.class);

    assertThat(report.errorsByClass().get("InvalidInputException").firstProblem())
        .contains("another run writes it");
  }
}
