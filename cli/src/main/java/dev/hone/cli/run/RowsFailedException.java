package dev.hone.cli.run;

import dev.hone.HoneException;

/** Too many rows of a file failed, so that the run ended before its last row. */
final class RowsFailedException extends HoneException {
  private static final long serialVersionUID = 1L;

  RowsFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
