package dev.hone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.batch.Snippets.Length;
import dev.hone.batch.Snippets.Snippet;
import dev.hone.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch does with a file of answers that is not what it left behind. */
@Timeout(120)
class BatchResumptionTest {
  private static final String JSONL = "{\"text\":\"a\"}\n{\"text\":\"grüße\"}\n{\"text\":\"c\"}\n";
  private static final String CSV = "text\na\ngrüße\nc\n";

  private record Other(String summary) {}

  @TempDir private Path folder;

  private Path input(boolean csv) throws IOException {
    return Files.writeString(folder.resolve("in"), csv ? CSV : JSONL);
  }

  private static BatchReport run(Path in, Path out, boolean csv) {
    BatchRun<Snippet, Length> run = BatchRun.of(Snippets.PROGRAM);
    return Snippets.context(Snippets.model(), 2)
        .call(() -> csv ? run.runCsv(in, out) : run.runJsonl(in, out));
  }

  private static void refusesAndLeaves(Path in, Path out, boolean csv, String... words)
      throws IOException {
    byte[] before = Files.readAllBytes(out);

    assertThatThrownBy(() -> run(in, out, csv))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("out exists, and is not")
        .hasMessageContainingAll(words);
    assertThat(Files.readAllBytes(out)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my only copy of a text",
        "my only copy of a text\n",
        "{\"text\": \"another layout\"}",
        "{\"text\":\"another row\",\"chars\":1",
        "[1, 2]\n"
      })
  void aFileOfSomethingElseIsNotCut(String text) throws IOException {
    Path out = Files.writeString(folder.resolve("out"), text);

    refusesAndLeaves(input(false), out, false, "is damaged, or not row 1 of the input");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatStandsBehindTheLastRowOfAllIsNotCut(boolean csv) throws IOException {
    Path in = input(csv);
    Path out = folder.resolve("out");
    run(in, out, csv);
    Files.writeString(out, Files.readString(out) + "my notes");

    refusesAndLeaves(in, out, csv, "is one more than the 3 of the input");
  }

  @ParameterizedTest
  @CsvSource({"true,crlf", "false,crlf", "true,bom", "false,bom", "false,mixed"})
  void aFileThatAnotherProgramHasSavedLosesNoRow(boolean csv, String how) throws IOException {
    Path in = input(csv);
    Path out = folder.resolve("out");
    run(in, out, csv);
    String text = Files.readString(out);
    Files.writeString(
        out,
        switch (how) {
          case "crlf" -> text.replace("\n", "\r\n");
          case "bom" -> "\uFEFF" + text;
          default -> text.replaceFirst("\n\\{\"text\":\"c", "\r\n{\"text\":\"c");
        });

    refusesAndLeaves(in, out, csv, "Maybe");
  }

  @Test
  void rowsOfAProgramWithOtherOutputsAreNotTakenForAnswers() throws IOException {
    Path in = input(false);
    Path out = folder.resolve("out");
    Program<Snippet, Other> other = input -> new Other("short");
    BatchRun.of(other).runJsonl(in, out, Snippet.class, Other.class);

    refusesAndLeaves(in, out, false, "line 1 is of another program", "[chars, note]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\u0000\u0000\u0000", "{\"text\":\"gr\u0000\u0000", "{\"te"})
  void whatACrashLeavesBehindIsCut(String rest) throws IOException {
    Path in = input(false);
    Path out = folder.resolve("out");
    run(in, out, false);
    String whole = Files.readString(out);
    Files.writeString(out, whole.substring(0, whole.indexOf('\n') + 1) + rest);

    BatchReport report = run(in, out, false);

    assertThat(Files.readString(out)).isEqualTo(whole);
    assertThat(report.kept()).isEqualTo(1);
    assertThat(report.rows()).isEqualTo(3);
  }
}
