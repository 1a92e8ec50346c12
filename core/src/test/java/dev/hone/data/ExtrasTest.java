package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Moderation.Policy;
import dev.hone.data.Moderation.Severity;
import dev.hone.data.Moderation.Snippet;
import dev.hone.data.Moderation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays with an example beside its input and label, and files that are written. */
class ExtrasTest {
  private static final Columns LABELS_OPTIONAL = Columns.asNamed().labelsOptional();

  @TempDir private Path folder;

  private static Example<Snippet, Verdict> plain() {
    return Moderation.example("x", Severity.LOW, Policy.SPAM);
  }

  @Test
  void anExtraIsNoPartOfTheIdButOfEquality() {
    Example<Snippet, Verdict> example = plain().withExtra("conversation_id", "c7");

    assertThat(example.extra("conversation_id")).contains("c7");
    assertThat(example.extra("other")).isEmpty();
    assertThat(example.id()).isEqualTo(plain().id());
    assertThat(example).isNotEqualTo(plain());
    assertThat(example.withExtra("n", List.of(1, 2)).extra("n")).contains("[1,2]");
  }

  @Test
  void aFlatMapIsSplitByTheSignature() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("snippet", "x");
    values.put("severity", Severity.HIGH);
    values.put("violations", List.of("SPAM"));
    values.put("source", "chat");

    Example<Snippet, Verdict> example = Example.of(values, Moderation.SIGNATURE);

    assertThat(example.input()).isEqualTo(new Snippet("x", Optional.empty()));
    assertThat(example.expected()).isEqualTo(new Verdict(Severity.HIGH, Set.of(Policy.SPAM)));
    assertThat(example.extra("source")).contains("chat");
    values.remove("severity");
    assertThatThrownBy(() -> Example.of(values, Moderation.SIGNATURE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the values: \"severity\" is missing");
    values.put("sevrity", "LOW");
    assertThatThrownBy(() -> Example.of(values, Moderation.SIGNATURE))
        .hasMessageContaining("\"severity\" misspelt");
  }

  @Test
  void noMapAtAllIsAnError() {
    assertThatThrownBy(() -> Example.of((Map<String, ?>) null, Moderation.SIGNATURE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The values of an example are null, expected a map");
  }

  @Test
  void anExampleWithoutALabelSaysSoWhenItIsAskedForIt() {
    Example<Snippet, Verdict> example = Example.unlabelled(new Snippet("x", Optional.empty()));

    assertThat(example.hasLabel()).isFalse();
    assertThat(example.id()).isNotEqualTo(plain().id()).hasSize(64);
    assertThatThrownBy(example::expected)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no label")
        .hasMessageContaining("Maybe use a metric that needs no label");
    assertThat(example).asString().doesNotContain("->");
  }

  @Test
  void saysThatLabelsAreNeededOnlyWhereThereIsNone() {
    Dataset<Snippet, Verdict> none = Dataset.unlabelled(List.of(plain().input(), plain().input()));

    assertThatThrownBy(() -> none.requireLabels("LabeledFewShot"))
        .hasMessageStartingWith("LabeledFewShot needs labels, and none of 2 examples has one");
    assertThat(none.concat(Dataset.of(List.of(plain()))).requireLabels("x").labelled().size())
        .isEqualTo(1);
  }

  private Dataset<Snippet, Verdict> ugly() {
    return Dataset.of(
        Arrays.asList(
            plain().withExtra("id", "7").withExtra("note", " a, \"b\"\nc "),
            Moderation.example("  spaces, \"quotes\"\r\nand lines ", Severity.HIGH),
            Example.of(
                    new Snippet("", Optional.of(3)),
                    new Verdict(Severity.MEDIUM, Set.of(Policy.SPAM, Policy.HATE)))
                .withExtra("severity", "a model's"),
            Example.unlabelled(new Snippet("no label", Optional.empty()))));
  }

  @Test
  void readsBackWhatItWroteAsJsonLines() {
    Path file = folder.resolve("new/data.jsonl");

    ugly().writeJsonl(file);

    Dataset<Snippet, Verdict> read =
        Dataset.ofJsonl(Source.of(file), Moderation.SIGNATURE, LABELS_OPTIONAL);
    assertThat(read.fingerprint()).isEqualTo(ugly().fingerprint());
    assertThat(read.examples().subList(0, 2)).isEqualTo(ugly().examples().subList(0, 2));
    assertThat(read.examples().get(2).extra("severity_extra")).contains("a model's");
  }

  @Test
  void readsBackWhatItWroteAsCsv() throws IOException {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, "what was there before");

    ugly().writeCsv(file);

    Dataset<Snippet, Verdict> read =
        Dataset.ofCsv(Source.of(file), Moderation.SIGNATURE, LABELS_OPTIONAL);
    assertThat(read.fingerprint()).isEqualTo(ugly().fingerprint());
    assertThat(read.examples().get(0).extra("note")).contains(" a, \"b\"\nc ");
    assertThat(read.examples().get(0).extra("id")).contains("7");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  record Word(String word) {}

  record Length(int length) {}

  @Test
  void readsRecordsWithoutASignature() {
    Path file = folder.resolve("words.csv");
    Dataset<Word, Length> words =
        Dataset.of(
            List.of(
                Example.of(new Word("a"), new Length(1)),
                Example.of(new Word("bc"), new Length(2))));

    words.writeCsv(file);
    words.writeJsonl(folder.resolve("words.jsonl"));

    assertThat(Dataset.ofCsv(file, Word.class, Length.class)).isEqualTo(words);
    assertThat(Dataset.ofJsonl(folder.resolve("words.jsonl"), Word.class, Length.class))
        .isEqualTo(words);
    Dataset<Word, Length> inputs = Dataset.unlabelled(List.of(new Word(""), new Word("x")));
    inputs.writeCsv(file);
    assertThat(
            Dataset.ofCsv(
                Source.of(file),
                dev.hone.signature.Signature.of(Word.class, Length.class, ""),
                LABELS_OPTIONAL))
        .isEqualTo(inputs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0", "\1 a", "a \t\0", "\uFEFFa", "\u0085", "\u2028a", "\\n", "\"\"", "null"})
  void readsBackTextsWithControlCharacters(String text) {
    Path file = folder.resolve("controls.csv");
    Dataset<Word, Length> words =
        Dataset.of(
            List.of(
                Example.<Word, Length>of(new Word(text), new Length(1)).withExtra("note", text)));

    words.writeCsv(file);
    words.writeJsonl(folder.resolve("controls.jsonl"));

    assertThat(Dataset.ofCsv(file, Word.class, Length.class)).isEqualTo(words);
    assertThat(Dataset.ofJsonl(folder.resolve("controls.jsonl"), Word.class, Length.class))
        .isEqualTo(words);
  }

  @Test
  void writesWhatALinkLeadsToAlsoWhereThereIsNoFileYet() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("new", "real.csv"));

    ugly().writeCsv(link);

    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("new").resolve("real.csv")).isRegularFile();
  }

  @Test
  void saysWhyItCannotWrite() {
    assertThatThrownBy(() -> ugly().writeCsv(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("cannot be written", "folder", "Maybe");
  }

  @Test
  void anotherExampleTakesThemAlongButKeepsItsOwn() {
    record In(String text) {}
    record Out(int n) {}
    Example<In, Out> old =
        Example.of(new In("a"), new Out(1)).withExtra("id", "c1").withExtra("language", "de");

    Example<In, Out> changed =
        Example.of(new In("A"), new Out(2)).withExtra("language", "en").withExtrasOf(old);

    assertThat(changed.extra("id")).contains("c1");
    assertThat(changed.extra("language")).contains("en");
    assertThat(changed.input()).isEqualTo(new In("A"));
    assertThat(changed.id()).isNotEqualTo(old.id());
  }
}
