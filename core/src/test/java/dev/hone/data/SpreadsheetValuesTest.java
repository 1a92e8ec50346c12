package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.signature.Signature;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cell with two readings is refused, in numbers and lists, whatever program wrote it. */
class SpreadsheetValuesTest {
  record In(String text) {}

  record Whole(int n) {}

  record Part(double x) {}

  record Wholes(List<Integer> n) {}

  record Parts(List<Double> x) {}

  record Tags(List<String> tags) {}

  record Name(String name) {}

  private static <O> List<O> csv(Class<O> output, String text) {
    Source source =
        Source.of("data", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return Dataset.ofCsv(source, Signature.of(In.class, output, "Do it."), Columns.asNamed())
        .examples()
        .stream()
        .map(Example::expected)
        .toList();
  }

  private static <O> List<O> cell(Class<O> output, String cell) {
    String column = output.getRecordComponents()[0].getName();
    return csv(output, "text," + column + "\nhi,\"" + cell.replace("\"", "\"\"") + "\"\n");
  }

  @Test
  void anAccountsNegativeNumberIsNotPositive() {
    assertThatThrownBy(() -> cell(Whole.class, "(5)"))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("data, line 2: n: found \"(5)\"")
        .hasMessageContaining("Maybe write -5.");
    assertThatThrownBy(() -> cell(Part.class, "(3.50)"))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("Maybe write -3.50.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,123", "0,500", "-0,125", "00,123"})
  void aDecimalCommaAfterZeroGroupsNoThousands(String cell) {
    assertThatThrownBy(() -> cell(Part.class, cell)).isInstanceOf(DatasetFormatException.class);
    assertThat(cell(Part.class, "1,234")).containsExactly(new Part(1234));
  }

  @Test
  void whereSemicolonsSeparateCellsACommaMayBeDecimal() {
    assertThatThrownBy(() -> csv(Part.class, "text;x\nhi;1,234\n"))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("thousands or decimals");
    assertThatThrownBy(() -> csv(Whole.class, "text;n\nhi;1.000\n"))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("thousands or decimals");
    assertThat(csv(Part.class, "text;x\nhi;1.234\n")).containsExactly(new Part(1.234));
    assertThat(csv(Whole.class, "text;n\nhi;5.0\n")).containsExactly(new Whole(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,5;2,5", "1,5; 2,5", "1,5, 2,5", "1,5|2,5"})
  void decimalCommasBetweenOtherSeparatorsAreNotItems(String cell) {
    assertThatThrownBy(() -> cell(Parts.class, cell))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("a comma may separate items, thousands or decimals");
    assertThat(cell(Parts.class, "1.5, 2.5")).containsExactly(new Parts(List.of(1.5, 2.5)));
    assertThat(cell(Parts.class, "0.5,0.25")).containsExactly(new Parts(List.of(0.5, 0.25)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10,200", "100,200,300", "1,234"})
  void wholeNumbersOfThreeDigitsMayBeOneNumberOrSeveral(String cell) {
    assertThatThrownBy(() -> cell(Wholes.class, cell)).isInstanceOf(DatasetFormatException.class);
    assertThat(cell(Wholes.class, "1,2")).containsExactly(new Wholes(List.of(1, 2)));
    assertThat(cell(Wholes.class, "10, 200")).containsExactly(new Wholes(List.of(10, 200)));
    assertThat(cell(Wholes.class, "1,000, 2,000")).containsExactly(new Wholes(List.of(1000, 2000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c(\"java\", \"sql\")",
        "c('java','sql')",
        "array(['java', 'sql'], dtype=object)",
        "Index(['java', 'sql'], dtype='object')",
        "frozenset({'java', 'sql'})",
        "java、sql",
        "java，sql",
        "java；sql"
      })
  void aListOfRPythonOrAnotherScriptIsItsItems(String cell) {
    try {
      assertThat(cell(Tags.class, cell)).containsExactly(new Tags(List.of("java", "sql")));
    } catch (DatasetFormatException refused) {
      assertThat(refused).hasMessageContaining("data, line 2: tags: found");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "NaN", "NA", "None", "N/A", "null", "-", "set()", "c()", ""})
  void aWordForNothingIsNoItem(String cell) {
    assertThat(cell(Tags.class, cell)).containsExactly(new Tags(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"java / sql", "java • sql", "java · sql"})
  void aSignWithSpacesAroundItMaySeparate(String cell) {
    assertThatThrownBy(() -> cell(Tags.class, cell)).isInstanceOf(DatasetFormatException.class);
    assertThat(cell(Tags.class, "TCP/IP")).containsExactly(new Tags(List.of("TCP/IP")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {"|text|name|\\n|---|:--:|\\n|hi|a|\\n", "text|name\\n----|----\\nhi|a\\n"})
  void theLineUnderAHeaderIsNoExample(String file) {
    assertThat(csv(Name.class, file.replace("\\n", "\n"))).containsExactly(new Name("a"));
  }

  @Test
  void aTableThatPandasWroteByColumnsIsNotOneExample() {
    String file = "{\"text\":{\"0\":\"hi\",\"1\":\"ho\"},\"name\":{\"0\":\"a\",\"1\":\"b\"}}\n";
    Source source =
        Source.of("data", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(
            () ->
                Dataset.ofJsonl(
                    source, Signature.of(In.class, Name.class, "Do it."), Columns.asNamed()))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageContaining("orient=\"records\"");
  }
}
