package dev.hone.cli.demo;

import dev.hone.HoneException;

/** The demo was told to stop. The message says what is left of it. */
public final class StoppedException extends HoneException {
  private static final long serialVersionUID = 1L;

  StoppedException(String message) {
    super(message);
  }
}
