package dev.hone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.report.data.RunData;
import dev.hone.report.data.TrialEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRecordTest {
  @TempDir Path folder;

  @Test
  void comesBackFromItsFileAsItWas() {
    DemoRun.record().write(folder.resolve("record.json"));

    RunRecord read = RunRecord.read(folder);

    assertThat(read.data()).isEqualTo(DemoRun.record().data());
    assertThat(read.json()).isEqualTo(DemoRun.record().json());
  }

  @Test
  void hostileTextsComeBackAsTheyWere() {
    HostileRun.record().write(folder.resolve("record.json"));

    assertThat(RunRecord.read(folder).data()).isEqualTo(HostileRun.record().data());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                              | no record of a run",
        "[]                            | no record of a run",
        "null                          | no record of a run",
        "{}                            | no record of a run",
        "{\"schema\":1}                | expected JSON with \"schema\" and \"head\"",
        "{\"schema\":99,\"head\":{}}   | schema version 99, expected at most 1",
        "{\"schema\":1,\"head\":{},\"trials\":{}}          | does not fit at trials",
        "{\"schema\":1,\"head\":{},\"trials\":[{},3]}      | does not fit at trials[1]",
        "{\"schema\":1,\"head\":{\"seconds\":\"long\"}}    | does not fit at head.seconds",
        "{\"schema\":1,\"head\":{}                         | it is no JSON, at line 1",
        "{\"schema\":1,\"head\":{},\"cost\":{\"total\":[]}} | does not fit at cost.total"
      })
  void whatIsNoRecordIsRefusedWithItsPlaceAndAFix(String json, String expected) throws Exception {
    Path file = folder.resolve("record.json");
    Files.writeString(file, json == null ? "" : json);

    assertThatThrownBy(() -> RunRecord.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(expected)
        .hasMessageContaining("Maybe");
  }

  @Test
  void whatIsMissingIsEmptyAndWhatIsUnknownIsPassedOver() throws Exception {
    Files.writeString(
        folder.resolve("record.json"),
        """
        {"schema": 1, "head": {"name": null, "@class": "java.lang.Runtime"}, "later": [1],
         "trials": [null, {"choices": {"a": null, "b": 1}}], "comparison": {"rows": null}}
        """);

    RunData data = RunRecord.read(folder).data();

    assertThat(data.head().name()).isEmpty();
    assertThat(data.trials()).extracting(TrialEntry::choices).hasSize(1);
    assertThat(data.trials().get(0).choices()).hasSize(1).containsEntry("b", 1);
    assertThat(HtmlReport.of(RunRecord.of(data)).html()).contains("</html>");
  }

  @Test
  void damagedRecordsAreRefusedOrShownAndNeverAnythingElse() throws Exception {
    String whole = DemoRun.record().json();
    Random random = new Random(1);
    Path file = folder.resolve("record.json");
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      StringBuilder damaged = new StringBuilder(whole.substring(0, 6_000 + random.nextInt(2_000)));
      damaged.append(whole.substring(8_000));
      int at = random.nextInt(damaged.length() - 10);
      damaged.replace(at, at + random.nextInt(4), "[{\"-1e9,]}".substring(random.nextInt(9)));
      Files.writeString(file, i % 3 == 0 ? damaged.substring(0, at) : damaged.toString());
      try {
        HtmlReport.of(RunRecord.read(file)).html();
      } catch (InvalidInputException e) {
        refused++;
        assertThat(e).hasMessageContaining("Maybe");
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aFileThatIsNotThereIsMissedByItsName() {
    Assertions.assertThatThrownBy(() -> RunRecord.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no record of a run")
        .hasMessageContaining("Maybe");
  }
}
