package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.signature.Signature;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What spreadsheets and data frames write is read for what it means (K-B1, K-E1, K-J1). */
class SpreadsheetFilesTest {
  record In(String text) {}

  record Tags(List<String> tags) {}

  enum Mood {
    NEG,
    POS
  }

  record Label(Mood label) {}

  record Price(Optional<Double> price) {}

  record Due(Optional<LocalDate> due) {}

  record Note(Optional<String> note) {}

  record Count(int count) {}

  record Flag(boolean flag) {}

  record Score(double score) {}

  private static <O> Dataset<In, O> read(Class<O> output, byte[] bytes, boolean csv) {
    Signature<In, O> signature = Signature.of(In.class, output, "Do it.");
    Source source = Source.of("data", new ByteArrayInputStream(bytes));
    return csv
        ? Dataset.ofCsv(source, signature, Columns.asNamed())
        : Dataset.ofJsonl(source, signature, Columns.asNamed());
  }

  private static <O> List<O> csv(Class<O> output, String text) {
    return read(output, text.getBytes(StandardCharsets.UTF_8), true).examples().stream()
        .map(Example::expected)
        .toList();
  }

  private static <O> List<O> jsonl(Class<O> output, String text) {
    return read(output, text.getBytes(StandardCharsets.UTF_8), false).examples().stream()
        .map(Example::expected)
        .toList();
  }

  private static DatasetFormatException refused(Class<?> output, String text, boolean csv) {
    return catchThrowableOfType(
        DatasetFormatException.class,
        () -> read(output, text.getBytes(StandardCharsets.UTF_8), csv));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java, sql",
        "java,sql",
        "java;sql",
        "java; sql;",
        "java|sql",
        "java | sql",
        "java\tsql",
        "java\nsql",
        "java\r\nsql",
        "[\"java\", \"sql\"]",
        "['java', 'sql']",
        "- java\n- sql"
      })
  void aListCellIsSplitOnOneKindOfSeparator(String cell) {
    String quoted = "\"" + cell.replace("\"", "\"\"") + "\"";

    assertThat(csv(Tags.class, "text,tags\nhi," + quoted + "\n"))
        .containsExactly(new Tags(List.of("java", "sql")));
    assertThat(
            jsonl(
                Tags.class,
                dev.hone.json.Json.write(
                    dev.hone.json.Json.object().put("text", "hi").put("tags", cell))))
        .containsExactly(new Tags(List.of("java", "sql")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java, sql; bash",
        "java, sql and bash",
        "salt & pepper, oil",
        "1,000",
        "Well, that is all.",
        "I went to the store, then home",
        "a|b;c",
        "a, b\nc"
      })
  void aListCellWithTwoReadingsIsRefusedWithLineAndColumn(String cell) {
    DatasetFormatException error =
        refused(Tags.class, "text,tags\nhi,java\nhi,\"" + cell + "\"\n", true);

    assertThat(error.line()).isEqualTo(3);
    assertThat(error.column()).isEqualTo("tags");
    assertThat(error)
        .hasMessageContainingAll("data, line 3: tags: found", "expected list", "Maybe");
    assertThat(csv(Tags.class, "text,tags\nhi,rock and roll\n"))
        .containsExactly(new Tags(List.of("rock and roll")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nan", "NaN", "NA", "N/A", "n/a", "None", "none", "NaT", "null", "<NA>", "#N/A", "", " "
      })
  void aWordForNothingIsAbsentWhereAValueMayBe(String cell) {
    assertThat(csv(Price.class, "text,price\nhi," + cell + "\n"))
        .containsExactly(new Price(Optional.empty()));
    assertThat(csv(Due.class, "text,due\nhi," + cell + "\n"))
        .containsExactly(new Due(Optional.empty()));
    assertThat(csv(Note.class, "text,note\nhi," + cell + "\n"))
        .containsExactly(new Note(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "NaN", "NA", "N/A", "None", "NaT"})
  void aWordForNothingIsRefusedWhereAValueMustBeWithoutALabelThatNobodyChose(String cell) {
    for (Class<?> output : List.of(Label.class, Score.class, Count.class)) {
      String field = output.getRecordComponents()[0].getName();

      assertThat(refused(output, "text," + field + "\nhi," + cell + "\n", true))
          .hasMessageContainingAll("found \"" + cell + "\"", "Maybe the value is missing")
          .hasMessageNotContaining("Maybe write");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "None", "undefined", "nan", "True"})
  void aWordThatIsNoJsonIsNamedInJsonLines(String word) {
    assertThat(refused(Score.class, "{\"text\":\"hi\",\"score\":" + word + "}\n", false))
        .hasMessageContainingAll("data, line 1: column ", "is no JSON; write ")
        .hasMessageNotContainingAny("Feature", "a quote, comma or brace");
  }

  @Test
  void pythonsPrintIsNamedInJsonLines() {
    assertThat(refused(Label.class, "{'text': 'a', 'label': 'NEG'}\n", false))
        .hasMessageContaining("json.dumps")
        .hasMessageNotContaining("Feature");
  }

  @Test
  void tellsOfAllBadRowsAtOnceUpToTwenty() {
    String rows =
        IntStream.range(0, 30).mapToObj(i -> "x,bad" + i + "\n").collect(Collectors.joining());
    DatasetFormatException error = refused(Count.class, "text,count\nx,1\n" + rows, true);

    assertThat(error.line()).isEqualTo(3);
    assertThat(error)
        .hasMessageContainingAll("data, line 3: ", "\nline 22: ", "\nand 10 more bad rows");
    assertThat(error).hasMessageNotContaining("line 23: ");
    assertThat(refused(Count.class, "{\"text\":\"a\"}\n{\"text\":\"a\",\"count\":1}\n[]\n", false))
        .hasMessageContainingAll("data, line 1: ", "\nline 3: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|", ","})
  void readsAnySeparatorThatTheHeaderShowsOrThatIsDeclared(String separator) {
    String file =
        "text,label\n\"a,b\",NEG\nc,POS\n".replace("\"a,b\"", "a").replace(",", separator);

    assertThat(csv(Label.class, file)).hasSize(2);
    assertThat(csv(Label.class, "sep=" + separator + "\r\n" + file.replace("\n", "\r\n")))
        .hasSize(2);
    assertThat(
            refused(Label.class, "sep=" + separator + "\n" + file + "x" + separator + "y\n", true)
                .line())
        .isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, \uFEFF",
    "UTF-16LE, \uFEFF",
    "UTF-16BE, \uFEFF",
    "UTF-16LE, ''",
    "UTF-16BE, ''",
    "UTF-8, ''"
  })
  void readsWhatSpreadsheetsEncode(String charset, String mark) {
    byte[] bytes = (mark + "text\tlabel\r\ncafé\tNEG\r\n").getBytes(Charset.forName(charset));

    assertThat(read(Label.class, bytes, true).get(0).input()).isEqualTo(new In("café"));
  }

  @Test
  void namesWindows1252AndTheLine() {
    byte[] bytes = "text,label\na,NEG\ncafé,NEG\n".getBytes(Charset.forName("windows-1252"));

    assertThatThrownBy(() -> read(Label.class, bytes, true))
        .hasMessageContainingAll("data, line 3: ", "not UTF-8", "Windows-1252", "\"é\"");
  }

  @Test
  void readsEmptyRowsAndColumnsAnIndexAndFormulas() {
    assertThat(csv(Label.class, "text,label,,\na,NEG,,\n,,,\nb,POS,,\n,,,\n,,,\n")).hasSize(2);
    assertThat(csv(Label.class, "text,label\na,NEG,,\n")).hasSize(1);
    assertThat(csv(Label.class, "Unnamed: 0,text,label\r0,a,NEG\r1,b,POS\r")).hasSize(2);
    Dataset<In, Label> index =
        read(
            Label.class,
            ",text,label\n0,\"=\"\"007\"\"\",NEG\n1,=\"008\",POS\n"
                .getBytes(StandardCharsets.UTF_8),
            true);
    assertThat(index.examples())
        .extracting(Example::input)
        .containsExactly(new In("007"), new In("008"));
    assertThat(index.get(0).extras()).isEmpty();
  }

  @Test
  void readsNumbersAndTruthAsDataFramesWriteThem() {
    assertThat(csv(Count.class, "text,count\na,3.0\nb,1e3\n"))
        .containsExactly(new Count(3), new Count(1000));
    assertThat(csv(Flag.class, "text,flag\na,TRUE\nb,False\n"))
        .containsExactly(new Flag(true), new Flag(false));
  }
}
