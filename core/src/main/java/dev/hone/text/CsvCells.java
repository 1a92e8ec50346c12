package dev.hone.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The cells of rows of CSV as they stand in a file, with any separator. Quotes count where a cell
 * begins with one; one that is inside of a cell is a sign like any other.
 *
 * @param separator what is between cells
 */
public record CsvCells(char separator) {
  /**
   * Where each cell of a row ends, without its line end.
   *
   * @return the offset behind each cell; empty if a quote is not closed, or something stands
   *     between one that closes and the end of its cell
   */
  public List<Integer> ends(String row) {
    List<Integer> ends = new ArrayList<>();
    int begin = 0;
    while (begin <= row.length()) {
      int end = end(row, begin);
      if (end < 0) {
        return List.of();
      }
      ends.add(end);
      begin = end + 1;
    }
    return ends;
  }

  /** Where the cell that begins here ends; -1 if its quote is not closed. */
  private int end(String row, int begin) {
    int first = begin;
    while (first < row.length() && row.charAt(first) <= ' ' && row.charAt(first) != separator) {
      first++;
    }
    if (first == row.length() || row.charAt(first) != '"') {
      int end = row.indexOf(separator, first);
      return end < 0 ? row.length() : end;
    }
    int after = afterQuotes(row, first);
    while (after >= 0 && after < row.length() && row.charAt(after) != separator) {
      after = row.charAt(after) <= ' ' ? after + 1 : -1;
    }
    return after;
  }

  /** Behind the quote that closes the one here; -1 if none does. */
  private static int afterQuotes(String row, int open) {
    int close = row.indexOf('"', open + 1);
    while (close >= 0 && close + 1 < row.length() && row.charAt(close + 1) == '"') {
      close = row.indexOf('"', close + 2);
    }
    return close < 0 ? -1 : close + 1;
  }

  /**
   * The texts of a row's cells: spaces around them dropped, quotes taken off. Reads every row; what
   * stands behind a closed quote belongs to its cell.
   */
  public List<String> texts(String row) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean open = false;
    boolean quoted = false;
    boolean blank = true;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (open && c == '"' && i + 1 < row.length() && row.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"' && (open || blank)) {
        cell.setLength(open ? cell.length() : 0);
        open = !open;
        quoted = true;
        blank = !open && cell.isEmpty();
      } else if (c == separator && !open) {
        cells.add(quoted ? cell.toString() : cell.toString().strip());
        cell.setLength(0);
        quoted = false;
        blank = true;
      } else if (open || !quoted || c > ' ') {
        cell.append(c);
        blank &= Character.isWhitespace(c);
      }
    }
    cells.add(quoted ? cell.toString() : cell.toString().strip());
    return cells;
  }

  /**
   * A row without its line end: cells in quotes where a reader would else take them for more than
   * one, or shorten them, or take the row for an empty line.
   */
  public String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell(cell, cells.size() == 1 && cell.isEmpty()))
        .collect(Collectors.joining(String.valueOf(separator)));
  }

  /** A text as a cell, in quotes where they are needed, or in any case. */
  public String cell(String text, boolean always) {
    boolean plain =
        !always
            && text.equals(text.strip())
            && text.chars().noneMatch(c -> c == separator || c == '"' || c < ' ');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** The text of a cell that {@link #cell} wrote. */
  public static String text(String cell) {
    return cell.length() > 1 && cell.startsWith("\"")
        ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
        : cell;
  }
}
