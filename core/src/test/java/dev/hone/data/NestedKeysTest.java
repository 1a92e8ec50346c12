package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.signature.Signature;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels within nested records must not get lost by a key that is misspelt. */
class NestedKeysTest {
  record Sender(String name, Optional<String> plan) {}

  record Mail(Sender from, Optional<List<Sender>> copies, Optional<Map<String, Sender>> roles) {}

  record Kind(String kind) {}

  private static final Signature<Mail, Kind> SIGNATURE =
      Signature.of(Mail.class, Kind.class, "Sort the mail.");

  private static Source source(String text) {
    return Source.of("mail", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Dataset<Mail, Kind> read(String row, Columns columns) {
    return Dataset.ofJsonl(source(row), SIGNATURE, columns);
  }

  private static DatasetFormatException failure(String row, Columns columns) {
    return catchThrowableOfType(DatasetFormatException.class, () -> read(row, columns));
  }

  private static String row(String sender, String more) {
    return "{\"kind\": \"bill\", \"from\": %s%s}".formatted(sender, more);
  }

  @Test
  void namesLinePathAndTheNearestName() {
    String good = row("{\"name\": \"ACME\"}", "");
    DatasetFormatException error =
        failure(
            good + "\n" + row("{\"name\": \"ACME\", \"plann\": \"pro\"}", ""), Columns.asNamed());

    assertThat(error)
        .hasMessage(
            "mail, line 2: from: found the key \"plann\", which Sender does not have; it has"
                + " \"name\", \"plan\". Maybe \"plann\" is \"plan\", or leave such keys out with"
                + " Columns.asNamed().ignoringOthers().");
    assertThat(error.column()).isEqualTo("from.plann");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", \"copies\": [{\"name\": \"a\"}, {\"name\": \"b\", \"x\": 1}] | copies[1].x",
        ", \"copies\": {\"name\": \"b\", \"x\": 1} | copies.x",
        ", \"copies\": \"[{'name': 'b', 'x': 1}]\" | copies[0].x",
        ", \"roles\": {\"boss\": {\"name\": \"b\", \"x\": 1}} | roles['boss'].x"
      })
  void looksIntoListsAndMapsAndJsonInTexts(String more, String column) {
    assertThat(failure(row("{\"name\": \"ACME\"}", more), Columns.asNamed()).column())
        .isEqualTo(column);
  }

  @Test
  void looksIntoTheCellsOfCsv() {
    DatasetFormatException error =
        catchThrowableOfType(
            DatasetFormatException.class,
            () ->
                Dataset.ofCsv(
                    source(
                        "kind,from\nbill,\"{\"\"name\"\": \"\"A\"\", \"\"plann\"\": \"\"pro\"\"}\"\n"),
                    SIGNATURE,
                    Columns.asNamed()));

    assertThat(error.column()).isEqualTo("from.plann");
    assertThat(error.line()).isEqualTo(2);
  }

  @Test
  void leavesOutOtherKeysWhenAskedButNotOneThatLooksMisspelt() {
    Columns columns = Columns.asNamed().ignoringOthers();

    assertThat(read(row("{\"name\": \"A\", \"id\": 7}", ""), columns).size()).isEqualTo(1);
    assertThat(failure(row("{\"name\": \"A\", \"plann\": \"pro\"}", ""), columns).column())
        .isEqualTo("from.plann");
  }

  @Test
  void refusesAKeyThatTheReaderDoesNotTakeEither() {
    assertThat(failure(row("{\"name\": \"A\", \"_plan\": \"pro\"}", ""), Columns.asNamed()))
        .hasMessageContaining("Maybe \"_plan\" is \"plan\"");
  }

  @Test
  void takesAKeyInAnotherCase() {
    Dataset<Mail, Kind> dataset =
        read(row("{\"Name\": \"A\", \"PLAN\": \"pro\"}", ""), Columns.asNamed());

    assertThat(dataset.examples().get(0).input().from())
        .isEqualTo(new Sender("A", Optional.of("pro")));
  }
}
