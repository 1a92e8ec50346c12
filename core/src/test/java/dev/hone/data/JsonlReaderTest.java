package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.InvalidInputException;
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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class JsonlReaderTest {
  private static final String GOOD =
      """
      {"snippet": "Buy now", "severity": "LOW", "violations": ["SPAM"]}
      """;

  @TempDir private Path folder;

  @Test
  void readsAnObjectPerLineIntoRecords() throws Exception {
    Path file = folder.resolve("train.jsonl");
    Files.writeString(
        file, GOOD + "\n" + GOOD.replace("Buy now", "Grüße 👋").replace("{", "{\"length\": 3, "));

    Dataset<Snippet, Verdict> dataset = Dataset.ofJsonl(file, Moderation.SIGNATURE);

    assertThat(dataset.size()).isEqualTo(2);
    assertThat(dataset.examples().get(0))
        .isEqualTo(Moderation.example("Buy now", Severity.LOW, Policy.SPAM));
    assertThat(dataset.examples().get(1).input())
        .isEqualTo(new Snippet("Grüße 👋", Optional.of(3)));
  }

  @Test
  void readsTheDynamicForm() {
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse("question, context: list[str] -> answer: float");

    Dataset<ObjectNode, ObjectNode> dataset =
        Dataset.ofJsonl(
            source("{\"question\": \"1+1?\", \"context\": [\"a\"], \"answer\": \"2.0\"}"),
            signature,
            Columns.asNamed());

    assertThat(dataset.examples().get(0).inputJson().toString())
        .isEqualTo("{\"question\":\"1+1?\",\"context\":[\"a\"]}");
    assertThat(dataset.examples().get(0).expected().get("answer").doubleValue()).isEqualTo(2.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF%s", "%s\r\n", "\r\n\n%s\n\n", "  %s  "})
  void toleratesByteOrderMarksAndBlankLinesAndBothLineEndings(String form) {
    String text = form.formatted(GOOD.strip());

    assertThat(read(text).examples()).containsExactly(read(GOOD).examples().get(0));
  }

  @Test
  void namesFileLineFieldAndBothValuesOfABadValue() {
    String text = GOOD + "\n" + GOOD.replace("LOW", "LOWISH");

    DatasetFormatException error = failure(text);

    assertThat(error)
        .hasMessageContainingAll(
            "train.jsonl, line 3", "severity", "LOWISH", "expected one of LOW | MEDIUM | HIGH");
    assertThat(error.source()).isEqualTo("train.jsonl");
    assertThat(error.line()).isEqualTo(3);
    assertThat(error.column()).isEqualTo("severity");
  }

  @Test
  void suggestsTheNearestAllowedValue() {
    assertThat(failure(GOOD.replace("LOW", "MEDUIM")))
        .hasMessageEndingWith("expected one of LOW | MEDIUM | HIGH. Maybe write MEDIUM.");
    assertThat(failure(GOOD.replace("[\"SPAM\"]", "[\"SPAN\"]")))
        .hasMessageEndingWith(". Maybe write SPAM.");
    assertThat(failure(GOOD.replace("LOW", "unclear")))
        .hasMessageEndingWith("expected one of LOW | MEDIUM | HIGH");
  }

  @Test
  void namesThePathWithinANestedValue() {
    assertThat(failure(GOOD.replace("[\"SPAM\"]", "[\"SPAM\", \"SPAN\"]")).column())
        .isEqualTo("violations[1]");
  }

  @Test
  void namesTheColumnOfASyntaxError() {
    assertThat(failure("{\"snippet\": \"x\", severity: 1}"))
        .hasMessageContainingAll("line 1: column 18", "not a JSON value", "Maybe");
    assertThat(failure(GOOD + GOOD.substring(0, 20))).hasMessageContainingAll("line 2", "cut off");
  }

  @Test
  void saysInPlainWordsWhatTheParserFound() {
    assertThat(failure(GOOD.strip() + GOOD))
        .hasMessageContaining("not a JSON value: there is more after the end of the value. Maybe");
    assertThat(failure("{\"snippet\": \"x\", \"violations\": [1, "))
        .hasMessageContaining("not a JSON value: the text ends in the middle of the value. Maybe");
    assertThat(failure("{\"a\": 1e99999999999}"))
        .hasMessageContaining("not a JSON value: a number in it is too large or too long. Maybe");
    assertThat(failure("[".repeat(1200))).hasMessageContaining("exceeds the maximum allowed (500)");
    for (String bad :
        new String[] {"{a}", "{\"a\" 1}", "nul", "{\"a\": 1e99999999999}", "{\"a\": \"\t"}) {
      assertThat(failure(bad))
          .hasMessageNotContainingAny("Feature", "Source", "UNKNOWN", "jackson", "`");
    }
  }

  @Test
  void suggestsJsonLinesForAnArrayOrAnIndentedFile() {
    assertThat(failure("[" + GOOD.strip() + "]"))
        .hasMessageContaining("Maybe write the file as JSON");
    assertThat(failure("[\n" + GOOD + "]"))
        .hasMessageContaining("Maybe write the file as JSON Lines");
    assertThat(failure("{\n\"snippet\": \"x\"}")).hasMessageContaining("JSON Lines");
  }

  @Test
  void suggestsTheNearestFieldForAnUnknownOne() {
    assertThat(failure(GOOD.replace("severity", "sevrity")))
        .hasMessageContainingAll(
            "line 1", "\"sevrity\"", "Maybe it is \"severity\" misspelt", ".with(\"sevrity\"");
  }

  @Test
  void refusesADuplicateKey() {
    assertThat(failure("{\"snippet\": \"a\", \"snippet\": \"b\"}"))
        .hasMessageContainingAll("line 1", "Duplicate", "snippet");
  }

  @Test
  void saysWhatToDoAboutADuplicateKeyAnEmptyRowAndANumberBeyondAll() {
    String row = "{\"snippet\": \"a\", \"severity\": \"LOW\", \"violations\": [], ";

    assertThatThrownBy(() -> read(row + "\"severity\": \"HIGH\"}"))
        .hasMessageContainingAll("Duplicate", "Maybe rename or remove one of them")
        .hasMessageNotContaining("cut off");
    assertThatThrownBy(() -> read(row + "\"big\": -1e999999999}"))
        .hasMessageContainingAll(
            "line 1: not a JSON value: a number in it is too large", "as a text")
        .hasMessageNotContaining("column");
    assertThatThrownBy(() -> read("{}")).hasMessageContaining("are missing, found no column.");
  }

  @Test
  void namesEveryMissingField() {
    assertThat(failure("{\"snippet\": \"x\"}"))
        .hasMessageContaining("\"severity\", \"violations\" are missing, found only \"snippet\"");
  }

  @Test
  void leavesOutOtherColumnsWhenAsked() {
    String text = GOOD.replace("{", "{\"id\": 7, \"note\": null, ");

    Dataset<Snippet, Verdict> dataset =
        Dataset.ofJsonl(source(text), Moderation.SIGNATURE, Columns.asNamed().ignoringOthers());

    assertThat(dataset).isEqualTo(read(GOOD));
  }

  @Test
  void readsAFieldFromAColumnOfAnotherName() {
    Columns columns = Columns.asNamed().with("text", "snippet");

    assertThat(
            Dataset.ofJsonl(source(GOOD.replace("snippet", "text")), Moderation.SIGNATURE, columns))
        .isEqualTo(read(GOOD));
    assertThatThrownBy(
            () ->
                Dataset.ofJsonl(
                    source(GOOD.replace("{", "{\"text\": \"x\", \"body\": \"y\", ")),
                    Moderation.SIGNATURE,
                    columns.with("body", "snippet")))
        .hasMessageContaining("\"text\" and \"body\" are both the field \"snippet\"");
  }

  @Test
  void refusesAColumnThatIsToBeAnUnknownField() {
    assertThatThrownBy(
            () ->
                Dataset.ofJsonl(
                    source(GOOD), Moderation.SIGNATURE, Columns.asNamed().with("text", "snipet")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("\"snipet\"", "Maybe use \"snippet\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n  \r\n"})
  void refusesAFileWithoutExamples(String text) {
    DatasetFormatException error = failure(text);

    assertThat(error).hasMessageContaining("train.jsonl: the file holds no examples");
    assertThat(error.line()).isZero();
  }

  @Test
  void namesTheLineThatIsNotUtf8() {
    byte[] bytes = (GOOD + GOOD.replace("Buy", "Für")).getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(
            () ->
                Dataset.ofJsonl(
                    Source.of("latin.jsonl", new ByteArrayInputStream(bytes)),
                    Moderation.SIGNATURE,
                    Columns.asNamed()))
        .hasMessageContainingAll("latin.jsonl, line 2", "UTF-8");
  }

  @Test
  void saysWhereItLookedForAFileThatIsNotThere() {
    assertThatThrownBy(() -> Dataset.ofJsonl(folder.resolve("no.jsonl"), Moderation.SIGNATURE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("There is no file", "no.jsonl", "Maybe");
    assertThatThrownBy(() -> Dataset.ofJsonl(folder, Moderation.SIGNATURE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Hone cannot read %s: it is a folder. Maybe name a file in it.", folder);
  }

  @Test
  void readsResourcesOfTheClassPath() {
    Dataset<Snippet, Verdict> dataset =
        Dataset.ofJsonl(
            Source.ofResource(getClass(), "train.jsonl"), Moderation.SIGNATURE, Columns.asNamed());

    assertThat(dataset.size()).isEqualTo(2);
    assertThatThrownBy(() -> Source.ofResource(getClass(), "absent.jsonl"))
        .hasMessageContainingAll("absent.jsonl", getClass().getName(), "Maybe");
  }

  private static Source source(String text) {
    return Source.of(
        "train.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Dataset<Snippet, Verdict> read(String text) {
    return Dataset.ofJsonl(source(text), Moderation.SIGNATURE, Columns.asNamed());
  }

  private static DatasetFormatException failure(String text) {
    return catchThrowableOfType(DatasetFormatException.class, () -> read(text));
  }
}
