package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.DatasetFormatException;
import dev.hone.data.Example;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.File;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFieldsTest {
  private static final File CALL = MessagePart.file(new byte[] {1, 2, 3}, "audio/wav");
  private static final File PAPER = MessagePart.file(new byte[] {4}, "application/pdf");
  private static final File LINKED =
      MessagePart.file(URI.create("https://example.org/b.pdf"), "application/pdf");
  private static final Capabilities BOTH =
      Capabilities.builder().files("audio/*", "application/pdf").build();

  @TempDir private Path folder;

  private record Case(String question, File call, List<File> papers, Optional<File> extra) {}

  private record Single(File call) {}

  private record Answer(String answer) {}

  private static final Signature<Case, Answer> CASE =
      Signature.of(Case.class, Answer.class, "Read and listen.");

  private static LmRequest render(Adapter adapter, Capabilities capabilities) {
    Case input = new Case("Who calls?", CALL, List.of(LINKED, PAPER), Optional.empty());
    Prompt prompt = Prompt.of(CASE, CASE.instructions(), List.of(), CASE.input().encode(input));
    return adapter.render(prompt, LmOptions.defaults(), capabilities);
  }

  static Stream<Adapter> adapters() {
    return Stream.of(Adapter.chat(), Adapter.json(), Adapter.xml());
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void filesStandInTheirSectionsInOrder(Adapter adapter) {
    LmRequest request = render(adapter, BOTH);

    LmMessage last = request.messages().get(request.messages().size() - 1);
    assertThat(last.parts())
        .filteredOn(File.class::isInstance)
        .containsExactly(CALL, LINKED, PAPER);
    assertThat(last.parts().get(0).toString())
        .contains("Who calls?", "call")
        .doesNotContain("papers");
    assertThat(last.parts().get(1)).isEqualTo(CALL);
    assertThat(last.parts().get(2).toString()).contains("papers");
    assertThat(request.toText())
        .contains("[file audio/wav, 3 bytes]", "[file application/pdf https://example.org/b.pdf]")
        .doesNotContain("AQID");
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void aModelThatDoesNotTakeThemIsNotAsked(Adapter adapter) {
    assertThatThrownBy(() -> render(adapter, Capabilities.builder().files("audio/*").build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The prompt has a file of application/pdf, and the model takes files of [audio/*]."
                + " Maybe use a model that takes it, or say that this one does by its"
                + " capabilities.");
    assertThatThrownBy(() -> render(adapter, Capabilities.builder().images(true).build()))
        .hasMessageContaining("a file of audio/wav, and the model takes no files");
  }

  @Test
  void filesComeBackOutOfTheirCodec() {
    Case input = new Case("?", CALL, List.of(PAPER), Optional.of(LINKED));

    assertThat(CASE.input().decode(CASE.input().encode(input))).isEqualTo(input);
  }

  @Test
  void theStringFormHasThem() {
    assertThat(Signature.parse("call: file, papers: list[file], extra: file? -> a").inputFields())
        .extracting(field -> field.type().label())
        .allMatch(label -> label.contains("file"));
    assertThatThrownBy(() -> Signature.parse("q -> call: file"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("file");
  }

  private Dataset<Single, Answer> read(String call) throws IOException {
    Path file = folder.resolve("calls.jsonl");
    Files.writeString(file, "{\"call\": %s, \"answer\": \"a\"}".formatted(call));
    return Dataset.ofJsonl(file, Single.class, Answer.class);
  }

  @Test
  void filesAreReadAsTheyWereWritten() throws IOException {
    var all =
        Dataset.of(
            List.of(
                Example.of(new Single(CALL), new Answer("dot")),
                Example.of(new Single(LINKED), new Answer("a"))));
    Path csv = folder.resolve("calls.csv");
    all.writeCsv(csv);

    assertThat(Dataset.ofCsv(csv, Single.class, Answer.class)).isEqualTo(all);
  }

  @Test
  void aUrlTellsItsMediaTypeByItsEnding() throws IOException {
    assertThat(read("\"https://example.org/b.pdf\"").get(0).input().call()).isEqualTo(LINKED);
    assertThat(read("\"https://example.org/a.MP3?x=.pdf\"").get(0).input().call().mediaType())
        .isEqualTo("audio/mpeg");
    assertThat(read("\"data:audio/wav;base64,AQID\"").get(0).input().call()).isEqualTo(CALL);
    assertThat(
            read("{\"url\": \"https://example.org/b\", \"mediaType\": \"application/pdf\"}")
                .get(0)
                .input()
                .call()
                .mediaType())
        .isEqualTo("application/pdf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"call.wav\"",
        "\"file:///etc/passwd\"",
        "\"https://example.org/call\"",
        "\"https://example.org/call.exe\"",
        "\"data:image/png;base64,AQID\"",
        "\"data:audio/wav;base64,***\"",
        "{\"mediaType\": \"audio/wav\"}",
        "{\"url\": 7}"
      })
  void whatIsNoFileIsRefused(String call) {
    assertThatThrownBy(() -> read(call))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("call: ")
        .hasMessageContaining("Maybe");
  }

  @Test
  void capabilitiesTellWhichFilesAreTaken() {
    assertThat(BOTH.takes("audio/wav")).isTrue();
    assertThat(BOTH.takes("audio/mpeg")).isTrue();
    assertThat(BOTH.takes("application/pdf")).isTrue();
    assertThat(BOTH.takes("application/zip")).isFalse();
    assertThat(BOTH.takes("video/mp4")).isFalse();
    assertThat(BOTH.toBuilder().build()).isEqualTo(BOTH).hasSameHashCodeAs(BOTH);
    assertThat(BOTH).isNotEqualTo(Capabilities.TEXT);
    assertThat(BOTH.toString()).contains("files=[application/pdf, audio/*]");
    assertThat(Capabilities.TEXT.toString()).doesNotContain("files");
    assertThatThrownBy(() -> Capabilities.builder().files("pdf"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("(pdf)")
        .hasMessageContaining("application/pdf");
  }
}
