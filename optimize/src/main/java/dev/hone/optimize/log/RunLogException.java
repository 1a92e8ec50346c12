package dev.hone.optimize.log;

import dev.hone.HoneException;
import org.jspecify.annotations.Nullable;

/** A log of runs that cannot be written or read; the message names the file and a fix. */
public final class RunLogException extends HoneException {
  private static final long serialVersionUID = 1L;

  RunLogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
