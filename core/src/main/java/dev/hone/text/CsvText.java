package dev.hone.text;

import java.util.List;

/** Rows of CSV as RFC 4180 defines it, with a line feed at the end of each. */
public final class CsvText {
  private static final CsvCells CELLS = new CsvCells(',');

  private CsvText() {}

  /** A row with its line end. */
  public static String line(List<String> cells) {
    return CELLS.row(cells) + "\n";
  }

  /**
   * A cell of a row: quoted where a reader would take it for more than one cell, or shorten it, or
   * take the row for an empty line.
   *
   * @param cells the number of cells in the row
   */
  public static String cell(String text, int cells) {
    return CELLS.cell(text, cells == 1 && text.isEmpty());
  }

  /** The cells of a row that {@link #line} wrote, without its line end. */
  public static List<String> cells(String row) {
    return CELLS.texts(row);
  }
}
