package dev.hone.cli.frame;

import dev.hone.HoneException;

/** A command was told to stop. The message says what is left of its work. */
public final class StoppedException extends HoneException {
  private static final long serialVersionUID = 1L;

  /** With what is left. */
  public StoppedException(String message) {
    super(message);
  }
}
