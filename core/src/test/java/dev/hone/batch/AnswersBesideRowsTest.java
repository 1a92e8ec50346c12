package dev.hone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.batch.Snippets.Length;
import dev.hone.batch.Snippets.Snippet;
import dev.hone.data.Columns;
import dev.hone.data.Source;
import dev.hone.data.format.CellFormat;
import dev.hone.data.format.FileFormat;
import dev.hone.lm.FakeModel;
import dev.hone.program.DynamicPredict;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Answers beside the rows of a file as they stand, in the format of the file. */
@Timeout(120)
class AnswersBesideRowsTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Signature<Snippet, Length> SIGNATURE = Snippets.PROGRAM.signature();

  @TempDir private Path folder;

  private static FileFormat csv(char separator) {
    return FileFormat.csv().withCells(CellFormat.defaults().separatedBy(separator));
  }

  private static BatchReport answer(RowsToAnswer<Snippet, Length> rows, Path out) {
    return Snippets.context(Snippets.model(), 4)
        .call(() -> BatchRun.of(Snippets.PROGRAM).answer(rows, out));
  }

  private static byte[] answered(byte[] in, FileFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Source source = Source.of("in", new ByteArrayInputStream(in));
    var rows = RowsToAnswer.of(source, format, SIGNATURE);
    Snippets.context(Snippets.model(), 4)
        .run(() -> BatchRun.of(Snippets.PROGRAM).answer(rows, out));
    return out.toByteArray();
  }

  private static String answered(String in, FileFormat format) {
    byte[] bytes = (format.mark() + in).getBytes(format.encoding());
    String out = new String(answered(bytes, format), format.encoding());
    assertThat(out).startsWith(format.mark());
    return out.substring(format.mark().length());
  }

  static List<Arguments> dialects() {
    List<FileFormat> formats =
        List.of(
            csv(';').encoded(WINDOWS, false).withLineEnd("\r\n"),
            csv('\t').encoded(StandardCharsets.UTF_16LE, true).withLineEnd("\r\n"),
            csv('|').encoded(StandardCharsets.UTF_16BE, true),
            csv(',').encoded(StandardCharsets.UTF_8, true).withLineEnd("\r\n"),
            csv(','));
    return formats.stream().map(Arguments::of).toList();
  }

  private static final String TABLE =
      """
      id;"text";Preis ; ;note of mine
      007;"Grüße ""ja""
      auf zwei Zeilen";1.234; ;"x"
        8 ; spaces around ;-3;;
      ="9";plain;"";"";="ä"
      10;last;;;;
      11;garbled;;;
      """;

  @ParameterizedTest
  @MethodSource("dialects")
  void everyColumnStaysToTheByte(FileFormat format) {
    char separator = format.separator();
    String in = TABLE.replace(';', separator).replace("\n", format.lineEnd());

    String out = answered(in, format);

    List<String> rows = List.of(out.split(format.lineEnd() + "(?=[^a]|$)"));
    assertThat(out).endsWith(format.lineEnd());
    List<String> expected = List.of(in.split(format.lineEnd() + "(?=[^a]|$)"));
    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      // The row that ends with a cell too many, which is empty, ends without it.
      String row = expected.get(i).replaceFirst("^(10.*).$", "$1");
      assertThat(rows.get(i)).startsWith(row + separator);
    }
    assertThat(rows.get(0)).endsWith("chars;note;hone_error".replace(';', separator));
    assertThat(rows.get(3)).endsWith(separator + "5" + separator + note("plain") + separator);
    assertThat(rows.get(5)).contains("UnparsableReplyException: ");
  }

  private static String note(String text) {
    return "\"a \"\"note\"\", on " + text + "\"";
  }

  @Test
  void aHeaderInQuotesMakesQuotedAnswers() {
    assertThat(answered("\"text\",\"id\"\n\"ab\",\"1\"\n", csv(',')))
        .isEqualTo(
            "\"text\",\"id\",\"chars\",\"note\",\"hone_error\"\n"
                + "\"ab\",\"1\",\"2\",\"a \"\"note\"\", on ab\",\"\"\n");
  }

  @Test
  void theLineThatDeclaresTheSeparatorStays() {
    FileFormat declared = FileFormat.csv().withCells(CellFormat.defaults().separatedBy(';'));

    assertThat(answered("sep=;\ntext;id\nab;1\n", declared))
        .isEqualTo("sep=;\ntext;id;chars;note;hone_error\nab;1;2;\"a \"\"note\"\", on ab\";\n");
  }

  @Test
  void aRowThatIsNoneStandsInTheFirstCell() {
    assertThat(answered("id,text\n1,too,many\n2\n3,\"open\n4,ok\n", csv(',')))
        .contains(
            "\n\"1,too,many\",,,,\"DatasetFormatException: ",
            "\n\"2\",,,,\"DatasetFormatException: ",
            "\n\"3,\"\"open\",,,,\"DatasetFormatException: ",
            "\n4,ok,2,");
  }

  @Test
  void namesThatTheInputHasStay() {
    assertThat(answered("text,chars,hone_error\nab,9,old\n", csv(',')))
        .startsWith("text,chars,hone_error,hone_chars,note,hone_error_2\nab,9,old,2,");
    assertThat(answered("{\"text\":\"ab\",\"chars\":9,\"hone_error\":\"old\"}\n", jsonl()))
        .isEqualTo(
            "{\"text\":\"ab\",\"chars\":9,\"hone_error\":\"old\",\"hone_chars\":2,"
                + "\"note\":\"a \\\"note\\\", on ab\"}\n");
  }

  private static FileFormat jsonl() {
    return FileFormat.jsonl();
  }

  @Test
  void jsonLinesKeepTheirSpacesAndNumbers() {
    String in =
        """
        {"text": "ab", "n": 1.50, "nested": {"a": [1, 2.0e3]}, "é": "\\u00e9"}
        {"text": "garbled"  }
        [1]
        {}
        """;

    assertThat(answered(in, jsonl()).lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "{\"text\": \"ab\", \"n\": 1.50, \"nested\": {\"a\": [1, 2.0e3]},"
                            + " \"é\": \"\\u00e9\", \"chars\": 2,"
                            + " \"note\": \"a \\\"note\\\", on ab\"}"),
            line ->
                assertThat(line)
                    .startsWith("{\"text\": \"garbled\", \"hone_error\": \"Unparsable")
                    .endsWith("}"),
            line -> assertThat(line).startsWith("{\"hone_line\":\"[1]\",\"hone_error\":\"Dataset"),
            line -> assertThat(line).startsWith("{\"hone_error\":\"DatasetFormatException: "));
  }

  @Test
  void whatTheEncodingCannotWriteStandsAsItsEscape() throws Exception {
    FileFormat format = csv(';').encoded(WINDOWS, false);
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("text -> arrow", "Answer.");
    Program<ObjectNode, ObjectNode> program = DynamicPredict.ofSignature(signature);
    Source source = Source.of("in", new ByteArrayInputStream("text\nä\n".getBytes(WINDOWS)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    FakeModel.uncached(
            FakeModel.answering(request -> FakeModel.chat("arrow", "to → \uD83D\uDE00 “ok”")), 1)
        .run(() -> BatchRun.of(program).answer(RowsToAnswer.of(source, format, signature), out));

    assertThat(out.toString(WINDOWS))
        .isEqualTo("text;arrow;hone_error\nä;to \\u2192 \\ud83d\\ude00 “ok”;\n");
  }

  @Test
  void numbersOfAnswersHaveTheDecimalCommaOfTheFile() {
    FileFormat format =
        FileFormat.csv().withCells(CellFormat.defaults().separatedBy(';').withDecimalComma(true));
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse("net: float -> gross: float", "Add the tax.");
    Source source = Source.of("in", new ByteArrayInputStream("net\n1.000,5\n".getBytes(WINDOWS)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FakeModel model = FakeModel.answering(request -> FakeModel.chat("gross", "1190.6"));

    FakeModel.uncached(model, 1)
        .run(
            () ->
                BatchRun.of(DynamicPredict.ofSignature(signature))
                    .answer(RowsToAnswer.of(source, format, signature), out));

    assertThat(FakeModel.last(model.requests().get(0))).contains("1000.5");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("net;gross;hone_error\n1.000,5;1190,6;\n");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void aKilledRunResumedEqualsAnUninterruptedOne(FileFormat format) throws IOException {
    String in = TABLE.replace(';', format.separator()).replace("\n", format.lineEnd());
    resumesFromEveryByte((format.mark() + in).getBytes(format.encoding()), format);
  }

  @Test
  void aKilledRunOverJsonLinesResumedEqualsAnUninterruptedOne() throws IOException {
    String in = "{\"text\": \"ä\"}\r\n[1]\r\n\r\n{\"text\": \"garbled\"}\r\n{\"text\": \"b\"}";
    FileFormat format = jsonl().encoded(StandardCharsets.UTF_16LE, true).withLineEnd("\r\n");
    resumesFromEveryByte((format.mark() + in).getBytes(format.encoding()), format);
  }

  private void resumesFromEveryByte(byte[] in, FileFormat format) throws IOException {
    Path file = Files.write(folder.resolve("in"), in);
    RowsToAnswer<Snippet, Length> rows = RowsToAnswer.of(file, format, SIGNATURE);
    Path uninterrupted = folder.resolve("whole");
    answer(rows, uninterrupted);
    byte[] whole = Files.readAllBytes(uninterrupted);
    Path out = folder.resolve("out");

    for (int length = 0;
        length <= whole.length;
        length += length < 20 || length > whole.length - 20 ? 1 : 17) {
      Files.write(out, Arrays.copyOf(whole, length));
      BatchReport report = answer(rows, out);
      assertThat(Arrays.equals(Files.readAllBytes(out), whole)).as("cut at %d", length).isTrue();
      assertThat(report.failed()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text,chars\na,1\n",
        "text\n",
        "something else",
        "text,chars,note,hone_error\nz,1,n,\n"
      })
  void aFileOfSomethingElseIsNotTouched(String found) throws IOException {
    Path in = Files.writeString(folder.resolve("in"), "text\na\nb\n");
    Path out = Files.writeString(folder.resolve("out"), found);

    assertThatThrownBy(() -> answer(RowsToAnswer.of(in, csv(','), SIGNATURE), out))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("out exists, and ");
    assertThat(out).hasContent(found);
  }

  @Test
  void rowsKnowTheirLine() throws IOException {
    Path in = Files.writeString(folder.resolve("in"), "text\n\"a\nb\"\ngarbled\n");
    List<Integer> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
    BatchRun<Snippet, Length> run =
        BatchRun.of(Snippets.PROGRAM)
            .listener(
                (event, metadata) -> {
                  if (event instanceof BatchEvent.RowFinished finished) {
                    lines.add(finished.row().line());
                  }
                });

    Snippets.context(Snippets.model(), 1)
        .run(
            () ->
                run.answer(
                    RowsToAnswer.of(in, csv(','), SIGNATURE).columns(Columns.asNamed()),
                    OutputStream.nullOutputStream()));

    assertThat(lines).containsExactly(2, 4);
  }
}
