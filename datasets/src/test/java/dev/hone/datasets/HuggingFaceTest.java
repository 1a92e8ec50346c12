package dev.hone.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.data.Source;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hub exports as JSON, in three forms. */
class HuggingFaceTest {
  enum Mood {
    SAD,
    GLAD
  }

  record Text(String text) {}

  record Label(Mood mood) {}

  private static final Signature<Text, Label> SIGNATURE = Signature.of(Text.class, Label.class, "");

  private static Dataset<Text, Label> read(Source source) {
    return HuggingFace.json(source, SIGNATURE, Columns.asNamed());
  }

  @Test
  void readsAnExportOfTheViewerWithTheNamesOfItsClassLabels() {
    Dataset<Text, Label> dataset = read(TestFiles.resource("viewer.json"));

    assertThat(dataset.examples())
        .extracting(Example::expected)
        .containsExactly(new Label(Mood.GLAD), new Label(Mood.SAD));
    assertThat(dataset.get(1).extra("source")).contains("chat");
  }

  @Test
  void readsArraysAndLinesWithOtherColumnsCarriedAlong(@TempDir Path folder) throws IOException {
    String row = "{\"text\": \"hm\", \"mood\": \"SAD\", \"n\": [1, {\"a\": null}]}";
    Path array = Files.writeString(folder.resolve("a.json"), "[\n" + row + ",\n" + row + "]");
    Path lines = Files.writeString(folder.resolve("l.jsonl"), row + "\n\n" + row + "\n");

    assertThat(HuggingFace.json(array, Text.class, Label.class))
        .isEqualTo(HuggingFace.json(lines, SIGNATURE))
        .hasSize(2);
    assertThat(HuggingFace.json(array, SIGNATURE).get(0).extra("n")).contains("[1,{\"a\":null}]");
  }

  @Test
  void renamesAndLeavesOutColumnsAsForCsv(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "[{\"body\": \"hm\", \"x\": 1}]");

    Dataset<Text, Label> dataset =
        HuggingFace.json(
            file,
            SIGNATURE,
            Columns.asNamed().with("body", "text").ignoringOthers().labelsOptional());

    assertThat(dataset.get(0).hasLabel()).isFalse();
    assertThat(dataset.get(0).extras()).isEmpty();
  }

  @Test
  void refusesCellsThatTheViewerHasCut() {
    String export =
        "{\"rows\": [{\"row_idx\": 0, \"row\": {\"text\": \"long\", \"mood\": \"SAD\"},"
            + " \"truncated_cells\": [\"text\"]}]}";

    assertThatThrownBy(() -> read(TestFiles.of("v.json", export)))
        .hasMessageStartingWith("v.json, line 1: text: the export has cut this cell.");
  }

  @Test
  void refusesNumbersThatAreNoClassAndReadsMinusOneAsNone() {
    String export =
        "{\"features\": [{\"name\": \"mood\", \"type\": {\"names\": [\"SAD\"], \"_type\":"
            + " \"ClassLabel\"}}], \"rows\": [{\"row_idx\": 0, \"row\": {\"text\": \"a\", \"mood\": %d}}]}";

    assertThatThrownBy(() -> read(TestFiles.of("v.json", export.formatted(1))))
        .hasMessageStartingWith(
            "v.json, line 1: mood: found 1, expected the number of one of the 1 names SAD.");
    assertThat(
            HuggingFace.json(
                    TestFiles.of("v.json", export.formatted(-1)),
                    SIGNATURE,
                    Columns.asNamed().labelsOptional())
                .get(0)
                .hasLabel())
        .isFalse();
  }

  @Test
  void tellsFilesThatAreNoneOfTheThree() {
    assertThatThrownBy(() -> read(TestFiles.of("p.json", "{\"text\": {\"0\": \"a\"}}")))
        .hasMessageStartingWith("p.json, line 1: found one object without \"rows\"");
    assertThatThrownBy(() -> read(TestFiles.of("t.csv", "text,mood\na,SAD\n")))
        .hasMessageStartingWith("t.csv, line 1: not JSON: ");
    assertThatThrownBy(() -> read(TestFiles.of("n.json", "[1, [2]]")))
        .hasMessageContaining("line 1: found a single value, expected an object per row.")
        .hasMessageContaining("found a list");
    assertThatThrownBy(
            () -> read(TestFiles.of("two.json", "[{\"text\": \"a\", \"mood\": \"SAD\"}]\n[]")))
        .hasMessageStartingWith("two.json, line 2: there is more after the end of the rows");
    assertThatThrownBy(() -> read(TestFiles.of("cut.json", "{\n\"rows\": [\n{\"row_idx\": 0,")))
        .hasMessageContaining("not JSON: the text ends in the middle of the value");
  }

  @Test
  void aTableByColumnsIsRefusedAndNotReadAsOneRow(@TempDir Path folder) throws IOException {
    record Answer(String answer) {}
    Signature<Text, Answer> texts = Signature.of(Text.class, Answer.class, "");
    Path table =
        Files.writeString(
            folder.resolve("t.json"), "{\"text\": [\"a\", \"b\"], \"answer\": [\"c\", \"d\"]}");

    assertThatThrownBy(() -> HuggingFace.json(table, texts, Columns.asNamed()))
        .hasMessageContainingAll("found one object without \"rows\"", "orient=\"records\"");
  }

  @Test
  void whatIsWrongWithAnOnlyLineIsSaidOfThatLine(@TempDir Path folder) throws IOException {
    Path twice =
        Files.writeString(
            folder.resolve("l.json"), "{\"text\": \"a\", \"text\": \"b\", \"mood\": \"SAD\"}");
    Path open = Files.writeString(folder.resolve("o.json"), "{\"text\": \"a\", \"mood\": ");

    assertThatThrownBy(() -> HuggingFace.json(twice, SIGNATURE))
        .hasMessageContainingAll("l.json, line 1: ", "Duplicate")
        .hasMessageNotContaining("pandas");
    assertThatThrownBy(() -> HuggingFace.json(open, SIGNATURE))
        .hasMessageContainingAll("o.json, line 1: not JSON: the text ends in the middle");
  }

  @Test
  void readsLongFilesOfAnyScriptWithTheLinesOfTheirRows() {
    StringBuilder text = new StringBuilder("[\n");
    for (int i = 0; i < 4_000; i++) {
      text.append("  {\"text\": \"äöü 🥖 \\u00e9 字 ").append(i).append("\",\n   \"mood\": \"");
      text.append(i == 3_999 ? "BAD" : "SAD").append("\"},\n");
    }
    String bad = text.append("  {\"text\": \"end\", \"mood\": \"SAD\"}\n]\n").toString();

    assertThatThrownBy(() -> read(TestFiles.of("long.json", bad)))
        .hasMessageStartingWith("long.json, line 8000: mood: found \"BAD\"");
    Dataset<Text, Label> dataset = read(TestFiles.of("long.json", bad.replace("BAD", "GLAD")));
    assertThat(dataset).hasSize(4_001);
    assertThat(dataset.get(3_998).input().text()).isEqualTo("äöü 🥖 é 字 3998");
  }

  @Test
  void aBrokenFirstLineCostsNoOther() {
    String text = "{\"text\": \"a\", \"mood\": SAD}\n{\"text\": \"b\", \"mood\": \"BAD\"}\n";

    assertThatThrownBy(() -> read(TestFiles.of("l.jsonl", text)))
        .hasMessageStartingWith("l.jsonl, line 1: not JSON: ")
        .hasMessageContaining("\nline 2: mood: ");
  }
}
