package dev.hone.data;

import dev.hone.InvalidInputException;

/** A file that is not the dataset it should be. Carries the place of the fault. */
public final class DatasetFormatException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final String column;

  DatasetFormatException(String source, int line, String column, String problem) {
    super(place(source, line) + ": " + problem);
    this.source = source;
    this.line = line;
    this.column = column;
  }

  private static String place(String source, int line) {
    return line == 0 ? source : source + ", line " + line;
  }

  /** The name of the file. */
  public String source() {
    return source;
  }

  /** The line at which the bad row begins, counted from 1; 0 for the whole file. */
  public int line() {
    return line;
  }

  /** The column or the path of the field at fault; empty if it is not one of them. */
  public String column() {
    return column;
  }
}
