package dev.hone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.batch.Snippets.Length;
import dev.hone.batch.Snippets.Snippet;
import dev.hone.data.format.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON lines whose input has changed since they were answered. */
class AnswersOfOtherRowsTest {
  @TempDir private Path folder;

  /** Answers these rows into the file {@code out}. */
  private Path answered(String rows) throws IOException {
    Path in = Files.writeString(folder.resolve("in"), rows + "\n");
    Path out = folder.resolve("out");
    RowsToAnswer<Snippet, Length> given =
        RowsToAnswer.of(in, FileFormat.jsonl(), Snippets.PROGRAM.signature());
    Snippets.context(Snippets.model(), 1)
        .run(() -> BatchRun.of(Snippets.PROGRAM).answer(given, out));
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":\"a\",\"n\":1250} | {\"text\":\"a\",\"n\":125}",
        "{\"text\":\"a\",\"n\":1.5e3} | {\"text\":\"a\",\"n\":1.5}",
        "{\"text\":\"a\",\"more\":1} | {\"text\":\"a\"}",
        "{\"text\":\"a\"} | {\"text\":\"a\",\"more\":1}"
      })
  void anAnswerOfARowThatOnlyBeginsTheSameIsNotKept(String before, String now) throws IOException {
    String written = Files.readString(answered(before));

    assertThatThrownBy(() -> answered(now))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has other inputs than row 1 of the input");
    assertThat(folder.resolve("out")).hasContent(written);
  }

  @Test
  void norIsAnUnfinishedRowOfAnotherNumberCut() throws IOException {
    String part = "{\"text\":\"a\",\"n\":1250,\"cha";
    Files.writeString(folder.resolve("out"), part);

    assertThatThrownBy(() -> answered("{\"text\":\"a\",\"n\":125}"))
        .hasMessageContaining("is damaged, or not row 1 of the input");
    assertThat(folder.resolve("out")).hasContent(part);
  }
}
