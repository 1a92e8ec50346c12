package dev.hone.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.DatasetFormatException;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow wrote, as the hub's are: see make.py beside them. */
class ParquetTest {
  enum Mood {
    SAD,
    GLAD
  }

  record Text(String text) {}

  record Label(Mood label) {}

  record Topic(Optional<String> topic) {}

  record Said(String who, Optional<String> said) {}

  record Typed(
      String text,
      List<String> tags,
      List<Said> turns,
      Map<String, Optional<Long>> map,
      boolean truth,
      double small,
      BigDecimal price,
      LocalDate day,
      LocalDateTime local,
      Instant utc) {}

  private static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(ParquetTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Dataset<Text, Topic> read(String name) {
    return Parquet.read(file(name), Text.class, Topic.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "lz4", "pages2"})
  void readsAllTypesWhateverTheCompression(String codec) {
    Dataset<Text, Topic> rows = read("types." + codec + ".parquet");

    assertThat(rows.examples())
        .extracting(example -> example.input().text())
        .containsExactly("first", "zweite äöü 🥖", "third");
    assertThat(extras(rows.get(0)))
        .isEqualTo(
            """
            {"urgency":1,"tags":["x","y"],"nested":{"a":1,"b":["p",null]},\
            "turns":[{"who":"Ann","said":"hi"},{"who":"Bo","said":null}],"map":{"k":1,"l":null},\
            "truth":true,"small":0.5,"half":1.5,"double":0.1,"price":1.50,"day":"2025-01-02",\
            "time":"01:02:03.004","local":"2025-01-02T03:04:05.678","utc":"2025-01-02T03:04:05Z",\
            "unsigned":18446744073709551615,"bytes":"/wA=",\
            "uuid":"00000000-0000-0000-0000-000000000001"}""");
    assertThat(extras(rows.get(1)))
        .contains("\"tags\":[]", "\"nested\":null", "\"turns\":[]", "\"map\":{}")
        .contains("\"small\":\"NaN\"", "\"half\":-2.0", "\"price\":-0.05", "\"day\":\"1969-12-31\"")
        .contains("\"local\":\"1969-12-31T23:59:59.000001\"", "\"utc\":\"1960-01-01T00:00:00Z\"")
        .contains("\"bytes\":\"plain\"", "\"uuid\":\"80000000-0000-0000-0000-000000000000\"");
    assertThat(rows.get(2).extras().values().stream().filter(value -> !value.isNull()))
        .as("nulls, but for what is nested")
        .hasToString("[{\"a\":null,\"b\":[]}]")
        .hasSize(1);
    assertThat(rows.get(2).expected().topic()).isEmpty();
  }

  private static String extras(Example<?, ?> example) {
    var object = Json.object();
    example.extras().forEach(object::set);
    return Json.write(object);
  }

  @Test
  void fitsColumnsToTheTypesOfRecords() {
    Dataset<Typed, Topic> rows = Parquet.read(file("first.parquet"), Typed.class, Topic.class);

    assertThat(rows.get(0).input())
        .isEqualTo(
            new Typed(
                "first",
                List.of("x", "y"),
                List.of(new Said("Ann", Optional.of("hi")), new Said("Bo", Optional.empty())),
                Map.of("k", Optional.of(1L), "l", Optional.empty()),
                true,
                0.5,
                new BigDecimal("1.50"),
                LocalDate.of(2025, 1, 2),
                LocalDateTime.of(2025, 1, 2, 3, 4, 5, 678_000_000),
                Instant.parse("2025-01-02T03:04:05Z")));
  }

  @Test
  void readsTheTimestampsOfOldWriters() {
    assertThat(read("int96.parquet").get(0).extra("at")).contains("2025-01-02T03:04:05.000006");
  }

  @Test
  void readsTheNamesOfTheHubsClassLabelsAndAllPartsOfAFolder() {
    Dataset<Text, Label> rows =
        Parquet.read(
            file("parts"),
            Signature.of(Text.class, Label.class, ""),
            Columns.asNamed().labelsOptional());

    assertThat(rows.examples())
        .extracting(example -> example.input().text())
        .containsExactly("What a day!", "Not again.", "Hm.");
    assertThat(rows.get(0).expected()).isEqualTo(new Label(Mood.GLAD));
    assertThat(rows.get(1).expected()).isEqualTo(new Label(Mood.SAD));
    assertThat(rows.get(2).hasLabel()).isFalse();
  }

  @Test
  void readsSeveralRowGroups() {
    Dataset<Text, Topic> rows = read("many.parquet");

    assertThat(rows).hasSize(5_000);
    assertThat(rows.get(4_999).input().text()).isEqualTo("row 4999");
    assertThat(rows.get(4_999).expected().topic()).contains("B");
  }

  @Test
  void columnsAreRenamedIgnoredAndRefusedAsForCsv() {
    Signature<Text, Topic> signature = Signature.of(Text.class, Topic.class, "");
    Path file = file("types.snappy.parquet");

    assertThat(
            Parquet.read(file, signature, Columns.asNamed().with("uuid", "topic").ignoringOthers())
                .get(0)
                .expected()
                .topic())
        .contains("00000000-0000-0000-0000-000000000001");
    assertThatThrownBy(() -> Parquet.read(file, signature, Columns.asNamed().refusingOthers()))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("types.snappy.parquet, row 1: found \"urgency\"");
  }

  @Test
  void namesRowAndFieldOfAllThatDoesNotFit() {
    record Number(double small, boolean truth) {}

    assertThatThrownBy(() -> Parquet.read(file("types.gzip.parquet"), Text.class, Number.class))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("types.gzip.parquet, row 2: small: ")
        .hasMessageContaining("\nrow 3: ");
  }

  @Test
  void tellsWhatItDoesNotRead(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> read("types.brotli.parquet"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("compressed by BROTLI, expected none, Snappy, gzip");

    Path csv = Files.writeString(folder.resolve("a.parquet"), "text,topic\na,b\n");
    assertThatThrownBy(() -> Parquet.read(csv, Text.class, Topic.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.parquet after row 0: ")
        .hasMessageContaining("Maybe it was cut off, or is no Parquet file.");
    assertThatThrownBy(() -> Parquet.read(folder.resolve("none.parquet"), Text.class, Topic.class))
        .hasMessageContaining("There is no file");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Parquet.read(empty, Text.class, Topic.class))
        .hasMessageContaining("has no file that ends with .parquet");
  }

  /** Whatever is cut off or changed in a file: rows, or an error of Hone's. */
  @Test
  void aDamagedFileIsAnErrorOfHones(@TempDir Path folder) throws IOException {
    byte[] good = Files.readAllBytes(file("types.snappy.parquet"));
    Path bad = folder.resolve("bad.parquet");
    int refused = 0;
    for (int i = 0; i < 120; i++) {
      byte[] bytes =
          i % 3 == 0
              ? Arrays.copyOf(good, good.length * i / 120)
              : changed(good, i * good.length / 120);
      Files.write(bad, bytes);
      try {
        Parquet.read(bad, Text.class, Topic.class);
      } catch (InvalidInputException e) {
        refused++;
        assertThat(e).hasMessageContaining("bad.parquet").hasMessageContaining("Maybe");
      }
    }
    assertThat(refused).isGreaterThan(40);
  }

  private static byte[] changed(byte[] good, int position) {
    byte[] bytes = good.clone();
    bytes[position] ^= 0x5A;
    return bytes;
  }
}
