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

  DatasetFormatException(String source, int line, String column, String problem) {
    this(source, line, column, problem, "");
  }

  private DatasetFormatException(
      String source, int line, String column, String problem, String others) {
    super(place(source, line) + ": " + problem + others);
    this.source = source;
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /** The first of some faults, whose message tells of the others. */
  static DatasetFormatException ofRows(List<DatasetFormatException> faults, int count) {
    DatasetFormatException first = faults.get(0);
    StringBuilder others = new StringBuilder();
    faults.stream()
        .skip(1)
        .forEach(fault -> others.append("\nline " + fault.line + ": " + fault.problem));
    if (count > faults.size()) {
      others.append("\nand " + Plural.of(count - faults.size(), "more bad row"));
    }
    return new DatasetFormatException(
        first.source, first.line, first.column, first.problem, others.toString());
  }

  private static String place(String source, int line) {
    return line == 0 ? source : source + ", line " + line;
  }

  /** The name of the file. */
  public String source() {
    return source;
  }

  /** The line at which the first bad row begins, counted from 1; 0 for the whole file. */
  public int line() {
    return line;
  }

  /** The column or the path of the field at fault; empty if it is not one of them. */
  public String column() {
    return column;
  }
}
