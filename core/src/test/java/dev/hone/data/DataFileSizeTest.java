package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.json.Json;
import dev.hone.signature.Signature;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large cells and lines of data files are read in time, or refused by their size. */
@Tag("once")
class DataFileSizeTest {
  private static final int LIMIT = 4_000_000;

  /** The limit for a slow machine. */
  private static final Duration LONG = Duration.ofSeconds(30);

  enum Mood {
    NEG,
    POS
  }

  record In(String text) {}

  record Plain(String value) {}

  record Maybe(Optional<String> value) {}

  record Texts(List<String> value) {}

  record Count(int value) {}

  record Flag(boolean value) {}

  record Feeling(Mood value) {}

  private static <O> Dataset<In, O> read(Class<O> output, String text, boolean csv) {
    Signature<In, O> signature = Signature.of(In.class, output, "Do it.");
    Source source =
        Source.of("data", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return csv
        ? Dataset.ofCsv(source, signature, Columns.asNamed())
        : Dataset.ofJsonl(source, signature, Columns.asNamed());
  }

  private static String csv(String value) {
    return "text,value\nhi,\"" + value.replace("\"", "\"\"") + "\"\n";
  }

  private static String jsonl(String value) {
    return Json.write(Json.object().put("text", "hi").put("value", value)) + "\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"word ", "java, ", "line\n", "- item\n", "\"", "{\"a\":", "\u0130", "\u0301"})
  void aMegabyteInOneCellIsReadOrRefusedInTime(String unit) {
    String huge = "x" + unit.repeat(1_000_000 / unit.length()) + "y";

    assertTimeoutPreemptively(
        LONG,
        () -> {
          for (Class<? extends Record> type :
              List.of(Texts.class, Count.class, Flag.class, Feeling.class)) {
            for (boolean csv : List.of(true, false)) {
              Throwable thrown =
                  catchThrowable(() -> read(type, csv ? csv(huge) : jsonl(huge), csv));

              assertThat(thrown)
                  .satisfiesAnyOf(
                      error -> assertThat(error).isNull(),
                      error -> assertThat(error).isInstanceOf(DatasetFormatException.class));
            }
          }
        });
    for (boolean csv : List.of(true, false)) {
      String file = csv ? csv(huge) : jsonl(huge);
      assertThat(read(Plain.class, file, csv).examples().get(0).expected())
          .isEqualTo(new Plain(huge));
      assertThat(read(Maybe.class, file, csv).examples().get(0).expected())
          .isEqualTo(new Maybe(Optional.of(huge)));
    }
  }

  @Test
  void aCellBeyondTheLimitIsRefusedWithItsSizeAndTheLikelyCause() {
    String most = "a".repeat(LIMIT);

    assertThat(read(Plain.class, csv(most), true).examples().get(0).expected().value())
        .hasSize(LIMIT);
    Throwable refused = catchThrowable(() -> read(Plain.class, csv(most + "a"), true));
    assertThat(refused)
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(
            "data, line 2: value: found 4,000,001 characters, expected at most 4,000,000. Maybe the"
                + " quote that ends the cell is missing, or cut the text.");
    assertThat(((DatasetFormatException) refused).column()).isEqualTo("value");
  }

  @Test
  void aLineBeyondTheLimitIsRefusedWithItsSizeAndTheLikelyCause() {
    String frame = jsonl("");
    String most = "a".repeat(LIMIT - frame.length() + 1);

    assertThat(read(Plain.class, jsonl(most), false).size()).isEqualTo(1);
    assertThat(catchThrowable(() -> read(Plain.class, frame + jsonl(most + "a"), false)))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessage(
            "data, line 2: the line: found 4,000,001 characters, expected at most 4,000,000. Maybe"
                + " write the file as JSON Lines, an object per line, or cut long texts.");
  }

  record Part(String name) {}

  record Parts(List<Part> value) {}

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anErrorShowsTheBeginningOfALongKey(boolean csv) {
    String cell = "{\"" + "k".repeat(40_000) + "\":1}";
    String file = csv ? csv(cell) : "{\"text\":\"hi\",\"value\":[" + cell + "]}\n";

    Throwable thrown = catchThrowable(() -> read(Parts.class, file, csv));

    assertThat(thrown).isInstanceOf(DatasetFormatException.class).hasMessageContaining("kkk…");
    assertThat(thrown.getMessage()).hasSizeLessThan(500);
  }
}
