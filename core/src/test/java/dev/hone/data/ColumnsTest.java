package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.data.Moderation.Snippet;
import dev.hone.data.Moderation.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are missing, unknown or misspelt. */
class ColumnsTest {
  private static final String CSV = "snippet,severity,violations,%s\nx,LOW,[],12\n";
  private static final Columns IGNORING = Columns.asNamed().ignoringOthers();

  private static Source source(String text) {
    return Source.of("train", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Dataset<Snippet, Verdict> csv(String column, Columns columns) {
    return Dataset.ofCsv(source(CSV.formatted(column)), Moderation.SIGNATURE, columns);
  }

  private static DatasetFormatException failure(String column, Columns columns) {
    return catchThrowableOfType(DatasetFormatException.class, () -> csv(column, columns));
  }

  @Test
  void acceptsAFileWithoutAColumnForAnOptionalField() {
    Dataset<Snippet, Verdict> dataset =
        Dataset.ofCsv(
            source("snippet,severity,violations\nx,LOW,[]\n"),
            Moderation.SIGNATURE,
            Columns.asNamed());

    assertThat(dataset.examples().get(0).input().length()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenght", "Length", "LENGTH", "lengt", "len_gth", "lengths"})
  void refusesAMisspeltColumnOfAnOptionalFieldEvenWhereOthersAreIgnored(String column) {
    DatasetFormatException error = failure(column, IGNORING);

    assertThat(error)
        .hasMessage(
            ("train, line 1: found the column \"%1$s\", and none for the field \"length\". Maybe it"
                    + " is \"length\" misspelt; rename it, or say so with"
                    + " Columns.asNamed().with(\"%1$s\", \"length\").")
                .formatted(column));
    assertThat(error.column()).isEqualTo(column);
    assertThat(failure(column, Columns.asNamed())).hasMessageContaining("is \"length\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "", "weight", "note", "source"})
  void leavesOutAColumnThatIsNothingLikeAMissingField(String column) {
    assertThat(csv(column, IGNORING).examples().get(0).input().length()).isEmpty();
    assertThat(failure(column, Columns.asNamed().refusingOthers()))
        .hasMessageContaining("ignoringOthers()");
  }

  @ParameterizedTest
  @CsvSource({"snippets", "Severity", "violation"})
  void leavesOutAColumnThatIsLikeAFieldThatHasItsOwn(String column) {
    assertThat(csv(column, IGNORING).size()).isEqualTo(1);
  }

  @Test
  void refusesAMisspeltKeyInALineOfJson() {
    String row = "{\"snippet\": \"x\", \"lenght\": 3, \"severity\": \"LOW\", \"violations\": []}";

    assertThat(
            catchThrowableOfType(
                DatasetFormatException.class,
                () -> Dataset.ofJsonl(source(row), Moderation.SIGNATURE, IGNORING)))
        .hasMessageContainingAll("line 1", "\"lenght\"", "\"length\" misspelt");
  }

  @Test
  void suggestsTheNameThatAColumnWasSaidToHave() {
    Columns columns = IGNORING.with("Characters", "length");

    assertThat(failure("Charcters", columns)).hasMessageContaining("\"Characters\" misspelt");
    assertThat(csv("Characters", columns).examples().get(0).input().length()).contains(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "weight", "Severity"})
  void keepsAColumnThatIsNoFieldWithItsExample(String column) {
    Dataset<Snippet, Verdict> dataset = csv(column, Columns.asNamed());
    Example<Snippet, Verdict> example = dataset.examples().get(0);

    assertThat(example.extra(column)).contains("12");
    assertThat(example.extras()).containsOnlyKeys(column);
    assertThat(example.id()).isEqualTo(csv(column, IGNORING).examples().get(0).id());
    assertThat(dataset.fingerprint()).isEqualTo(csv(column, IGNORING).fingerprint());
  }

  @Test
  void refusesAnExtraColumnThatIsThereTwice() {
    String text = "snippet,severity,violations,id,id\nx,LOW,[],1,2\n";

    assertThat(
            catchThrowableOfType(
                DatasetFormatException.class,
                () -> Dataset.ofCsv(source(text), Moderation.SIGNATURE, Columns.asNamed())))
        .hasMessageContaining("there is the column \"id\" twice");
  }

  @Test
  void aMappingWinsOverAColumnOfTheFieldsName() {
    String text = "snippet,human,severity,violations\nx,HIGH,LOW,[]\n";
    Columns columns = Columns.asNamed().with("human", "severity");

    Example<Snippet, Verdict> example =
        Dataset.ofCsv(source(text), Moderation.SIGNATURE, columns).examples().get(0);

    assertThat(example.expected().severity()).isEqualTo(Moderation.Severity.HIGH);
    assertThat(example.extra("severity")).contains("LOW");
    assertThat(
            catchThrowableOfType(
                DatasetFormatException.class,
                () ->
                    Dataset.ofCsv(
                        source(text.replace("human", "other")), Moderation.SIGNATURE, columns)))
        .hasMessageContaining("\"human\" is missing");
  }

  @Test
  void readsRowsWithoutLabelsOnlyWhenAsked() {
    String inputsOnly = "snippet\nx\n";
    String mixed = "snippet,severity,violations\nx,LOW,[]\ny,,\n";
    Columns columns = Columns.asNamed().labelsOptional();

    assertThat(Dataset.ofCsv(source(inputsOnly), Moderation.SIGNATURE, columns))
        .noneMatch(Example::hasLabel);
    assertThat(Dataset.ofCsv(source(mixed), Moderation.SIGNATURE, columns))
        .extracting(Example::hasLabel)
        .containsExactly(true, false);
    assertThat(
            Dataset.ofJsonl(
                source("{\"snippet\": \"x\", \"severity\": null, \"violations\": null}"),
                Moderation.SIGNATURE,
                columns))
        .noneMatch(Example::hasLabel);
    assertThat(
            catchThrowableOfType(
                DatasetFormatException.class,
                () -> Dataset.ofCsv(source(inputsOnly), Moderation.SIGNATURE, Columns.asNamed())))
        .hasMessageContainingAll("are missing", "Columns.labelsOptional()");
    assertThat(
            catchThrowableOfType(
                DatasetFormatException.class,
                () ->
                    Dataset.ofCsv(
                        source("snippet,severity\nx,LOW\n"), Moderation.SIGNATURE, columns)))
        .hasMessageContaining("\"violations\" is missing");
    assertThat(
            catchThrowableOfType(
                DatasetFormatException.class,
                () ->
                    Dataset.ofCsv(
                        source("snippet,severty\nx,LOW\n"), Moderation.SIGNATURE, columns)))
        .hasMessageContaining("\"severity\" misspelt");
  }

  @Test
  void countsCellsInWords() {
    assertThat(
            catchThrowableOfType(
                DatasetFormatException.class,
                () ->
                    Dataset.ofCsv(
                        source("snippet,severity,violations\nx\n"),
                        Moderation.SIGNATURE,
                        Columns.asNamed())))
        .hasMessageContaining("found 1 cell, expected 3");
  }
}
