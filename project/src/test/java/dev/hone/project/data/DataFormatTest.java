package dev.hone.project.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.signature.Signature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DataFormatTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private Path folder;

  private Path file(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("export.csv"), text.getBytes(charset));
  }

  @Test
  void findsHowASpreadsheetWroteAFile() throws IOException {
    Path file =
        file("Text;Preis;Tag\r\nMüller;1.234,50;03.11.2026\r\nCafé;2,5;24.12.2026\r\n", WINDOWS);

    DataFormat format = DataFormat.sniff(file);

    assertThat(format.inWords())
        .isEqualTo("semicolon, Windows-1252, decimal comma, dates dd.MM.yyyy");
    assertThat(format.lineEnd()).isEqualTo("\r\n");
  }

  @Test
  void readsWhatItFound() throws IOException {
    Path file =
        file("Text;Preis;Tag\r\nMüller;1.234,50;03.11.2026\r\nCafé;2,5;24.12.2026\r\n", WINDOWS);
    Signature<ObjectNode, ObjectNode> signature =
        Signature.parse("Text -> Preis: float, Tag: date");

    try (var rows = DataFormat.sniff(file).stream(file, signature, Columns.asNamed())) {
      var row = rows.next().orElseThrow().example().orElseThrow();

      assertThat(row.inputJson()).hasToString("{\"Text\":\"Müller\"}");
      assertThat(row.expectedJson()).hasToString("{\"Preis\":1234.5,\"Tag\":\"2026-11-03\"}");
    }
  }

  @Test
  void writesAsItRead() throws IOException {
    Path file =
        file("\uFEFFText\tPreis\r\nMüller\t1,5\r\n\"a\tb\"\t2\r\n", StandardCharsets.UTF_16LE);
    DataFormat format = DataFormat.sniff(file);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    try (Writer writer = format.writer(bytes)) {
      writer.write(format.line(List.of("Text", "Preis")));
      writer.write(format.line(List.of("Müller", "1,5")));
      writer.write(format.line(List.of("a\tb", "2")));
    }

    assertThat(bytes.toByteArray()).isEqualTo(Files.readAllBytes(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a,b\\n1,2!comma, UTF-8",
        "a;b\\n1,5;2!semicolon, UTF-8, decimal comma",
        "a;b\\n1.5;2!semicolon, UTF-8",
        "a|b\\nx,y|2!upright stroke, UTF-8",
        "sep=;\\na;b\\n1;2!semicolon, UTF-8",
        "text\\nhello, you!comma, UTF-8",
        "a,b\\n3/25/2026,2!comma, UTF-8, dates M/d/yyyy",
        "a,b\\n25/03/2026,2!comma, UTF-8, dates dd/MM/yyyy",
        "a,b\\n2026-03-25,2!comma, UTF-8",
        "{\"a\": 1}!JSON lines, UTF-8"
      })
  void findsEach(String text, String words) throws IOException {
    Path file = file(text.replace("\\n", "\n"), StandardCharsets.UTF_8);

    assertThat(DataFormat.sniff(file).inWords()).isEqualTo(words);
  }

  @Test
  void saysWhatIsNoText() throws IOException {
    Path file = Files.write(folder.resolve("a.xlsx"), new byte[] {'P', 'K', 3, 4});

    assertThatThrownBy(() -> DataFormat.sniff(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a workbook")
        .hasMessageContaining("Maybe save it as CSV");
    assertThatThrownBy(() -> DataFormat.sniff(folder.resolve("a.xlsy")))
        .hasMessageContaining("Maybe use")
        .hasMessageContaining("a.xlsx");
  }
}
