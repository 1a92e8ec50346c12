package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.text.Plural;
import java.util.List;

/**
 * A file that is not the dataset it should be. Carries the place of the fault; where several rows
 * are bad, that of the first, and the message tells of up to 20 and of how many there are.
 */
public final class DatasetFormatException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final String column;
  private final String problem;
  private final String unit;

  DatasetFormatException(String source, int line, String column, String problem) {
    this(source, "line", line, column, problem, "");
  }

  private DatasetFormatException(
      String source, String unit, int line, String column, String problem, String others) {
    super(place(source, unit, line) + ": " + problem + others);
    this.unit = unit;
    this.source = source;
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /** The same fault, in a file whose places are counted in another unit, such as rows. */
  DatasetFormatException countedIn(String otherUnit) {
    return new DatasetFormatException(source, otherUnit, line, column, problem, "");
  }

  /** The first of some faults, whose message tells of the others. */
  static DatasetFormatException ofRows(List<DatasetFormatException> faults, int count) {
    DatasetFormatException first = faults.get(0);
    StringBuilder others = new StringBuilder();
    faults.stream()
        .skip(1)
        .forEach(
            fault ->
                others.append("\n" + place("", fault.unit, fault.line) + ": " + fault.problem));
    if (count > faults.size()) {
      others.append("\nand " + Plural.of(count - faults.size(), "more bad row"));
    }
    return new DatasetFormatException(
        first.source, first.unit, first.line, first.column, first.problem, others.toString());
  }

  private static String place(String source, String unit, int line) {
    String counted = unit + " " + line;
    return line == 0 ? source : source.isEmpty() ? counted : source + ", " + counted;
  }

  /** The name of the file. */
  public String source() {
    return source;
  }

  /**
   * The line at which the first bad row begins, counted from 1; in a file without lines, the row; 0
   * for the whole file.
   */
  public int line() {
    return line;
  }

  /** The column or the path of the field at fault; empty if it is not one of them. */
  public String column() {
    return column;
  }
}
