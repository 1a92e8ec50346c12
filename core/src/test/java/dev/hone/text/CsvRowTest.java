package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowTest {
  private static final List<String> HARD =
      List.of("", "plain", "a,b", "a;b", "say \"hi\"", " indented", "two\nlines", "tab\tbed", "\"");

  @ParameterizedTest
  @ValueSource(chars = {',', ';', '\t', '|'})
  void whatIsWrittenIsReadAgainCellByCell(char separator) {
    CsvCells format = new CsvCells(separator);
    String row = format.row(HARD);

    List<String> read = new ArrayList<>();
    int begin = 0;
    for (int end : format.ends(row)) {
      read.add(CsvCells.text(row.substring(begin, end)));
      begin = end + 1;
    }

    assertThat(read).isEqualTo(HARD);
    assertThat(format.row(List.of(""))).isEqualTo("\"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b", "a;b", "say \"hi\"", " indented"})
  void rowsWithCommasAreTheSameByEachWay(String cell) {
    List<String> row = List.of(cell, "x");

    assertThat(CsvText.line(row)).isEqualTo(new CsvCells(',').row(row) + "\n");
    assertThat(CsvText.cells(CsvText.line(row).stripTrailing())).isEqualTo(row);
  }
}
