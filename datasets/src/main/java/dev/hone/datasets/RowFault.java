package dev.hone.datasets;

/** What is wrong with a row, and in which field. */
final class RowFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String problem;

  RowFault(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
    this.problem = problem;
  }

  String field() {
    return field;
  }

  String problem() {
    return field + ": " + problem;
  }
}
