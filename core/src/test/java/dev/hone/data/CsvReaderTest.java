package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.data.Moderation.Policy;
import dev.hone.data.Moderation.Severity;
import dev.hone.data.Moderation.Snippet;
import dev.hone.data.Moderation.Verdict;
import dev.hone.signature.Signature;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class CsvReaderTest {
  private static final String HEADER = "snippet,severity,violations\n";
  private static final String GOOD = HEADER + "Buy now,LOW,\"[\"\"SPAM\"\"]\"\n";

  @TempDir private Path folder;

  @Test
  void readsARowPerExampleIntoRecords() throws Exception {
    Path file = folder.resolve("train.csv");
    Files.writeString(file, GOOD);

    Dataset<Snippet, Verdict> dataset = Dataset.ofCsv(file, Moderation.SIGNATURE);

    assertThat(dataset.examples())
        .containsExactly(Moderation.example("Buy now", Severity.LOW, Policy.SPAM));
  }

  @Test
  void keepsCommasQuotesSpacesAndLineBreaksOfQuotedCells() {
    String text = HEADER + "\"He said \"\"hi\"\",\n then  left \",high,[]\n";

    assertThat(read(text).examples().get(0).input().snippet())
        .isEqualTo("He said \"hi\",\n then  left ");
  }

  @Test
  void dropsTheSpacesAroundACellAndKeepsThoseInsideItsQuotes() {
    String text =
        "snippet , severity, length\n  a  b \t, LOW , 7 \n\" \tc \" ,LOW, \n  \" d \",LOW,8";
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse("snippet, length: int? -> severity");

    Dataset<ObjectNode, ObjectNode> dataset =
        Dataset.ofCsv(source(text), signature, Columns.asNamed());

    assertThat(dataset.examples())
        .extracting(example -> example.input().toString() + example.expected())
        .containsExactly(
            "{\"snippet\":\"a  b\",\"length\":7}{\"severity\":\"LOW\"}",
            "{\"snippet\":\" \\tc \",\"length\":null}{\"severity\":\"LOW\"}",
            "{\"snippet\":\" d \",\"length\":8}{\"severity\":\"LOW\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF%s", "\n%s\n\n"})
  void toleratesByteOrderMarksAndEmptyLines(String form) {
    assertThat(read(form.formatted(GOOD))).isEqualTo(read(GOOD));
  }

  @Test
  void toleratesWindowsLineEndings() {
    assertThat(read(GOOD.replace("\n", "\r\n"))).isEqualTo(read(GOOD));
    assertThat(read(GOOD.strip())).isEqualTo(read(GOOD));
  }

  @Test
  void takesAnEmptyCellForAnAbsentOptional() {
    String text = "length,snippet,severity,violations\n,\"\",LOW,[]\n12,x,LOW,[]\n";

    Dataset<Snippet, Verdict> dataset = read(text);

    assertThat(dataset.examples().get(0).input()).isEqualTo(new Snippet("", Optional.empty()));
    assertThat(dataset.examples().get(1).input()).isEqualTo(new Snippet("x", Optional.of(12)));
  }

  @Test
  void namesTheLineWhereABadRowBeginsEvenAfterCellsOfSeveralLines() {
    String text = HEADER + "\"a\nb\nc\",LOW,[]\n\n\"d\ne\",LOWISH,[]\n";

    DatasetFormatException error = failure(text);

    assertThat(error)
        .hasMessageContainingAll("train.csv, line 6", "severity", "LOWISH", "LOW | MEDIUM | HIGH");
    assertThat(error.column()).isEqualTo("severity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1,5 | 1.5", "-1.234,56 | -1234.56"})
  void suggestsAPointForADecimalComma(String found, String meant) throws Exception {
    Path file = folder.resolve("prices.csv");
    Files.writeString(file, "item,amount\ntea,\"" + found + "\"\n");

    assertThatThrownBy(() -> Dataset.ofCsv(file, Signature.parse("item -> amount: float")))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageEndingWith("expected number. Maybe write " + meant + ".");
  }

  @Test
  void saysHowManyCellsARowShouldHave() {
    assertThat(failure(HEADER + "x,LOW\n"))
        .hasMessageContainingAll(
            "line 2", "found 2 cells, expected 3", "Maybe the line was cut off");
    assertThat(failure(HEADER + "x, y,LOW,[]\n"))
        .hasMessageContainingAll("found 4 cells, expected 3", "Maybe a cell has a comma");
  }

  @Test
  void namesTheRowOfAQuoteThatIsNotClosed() {
    assertThat(failure(GOOD + "\"open,LOW,[]\nx,LOW,[]\n"))
        .hasMessageContainingAll("after line 2", "quote", "Maybe a quote is missing");
    assertThat(failure(HEADER + "\"x\"y,LOW,[]\n"))
        .hasMessageContainingAll("line 2", "column 5", "Maybe");
  }

  @Test
  void refusesADuplicateColumn() {
    assertThat(failure("snippet,severity,snippet,violations\n"))
        .hasMessageContaining("line 1: there is the column \"snippet\" twice");
  }

  @Test
  void suggestsTheNearestFieldForAnUnknownColumn() {
    assertThat(failure("snipet,severity,violations,id\n"))
        .hasMessageContainingAll("\"snipet\"", "Maybe it is \"snippet\" misspelt");
  }

  @Test
  void namesAMissingColumnAndThoseItFound() {
    assertThat(failure("snippet,severity\nx,LOW\n"))
        .hasMessageContaining("\"violations\" is missing, found only \"snippet\", \"severity\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|"})
  void findsNoExamplesUnderAHeaderWithAnotherSeparator(String separator) {
    assertThat(failure("snippet,severity,violations\n".replace(",", separator)))
        .hasMessageContaining("the file holds no examples");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "snippet,severity,violations\n"})
  void refusesAFileWithoutExamples(String text) {
    assertThat(failure(text)).hasMessageContaining("train.csv: the file holds no examples");
  }

  @Test
  void mapsColumnsToFieldsAndLeavesOutOthers() {
    String text = ",Text,severity,violations\n0,Buy now,LOW,\"[\"\"SPAM\"\"]\"\n";
    Columns columns = Columns.asNamed().with("Text", "snippet").ignoringOthers();

    assertThat(Dataset.ofCsv(source(text), Moderation.SIGNATURE, columns)).isEqualTo(read(GOOD));
  }

  private static Source source(String text) {
    return Source.of("train.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Dataset<Snippet, Verdict> read(String text) {
    return Dataset.ofCsv(source(text), Moderation.SIGNATURE, Columns.asNamed());
  }

  private static DatasetFormatException failure(String text) {
    return catchThrowableOfType(DatasetFormatException.class, () -> read(text));
  }
}
