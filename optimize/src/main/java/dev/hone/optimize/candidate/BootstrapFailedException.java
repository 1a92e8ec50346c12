package dev.hone.optimize.candidate;

import dev.hone.HoneException;
import org.jspecify.annotations.Nullable;

/**
 * A teacher could not be used: none of its first runs could be scored, it failed on too many
 * examples, or it calls a predictor that nothing can be learnt for. Runs that were paid for are
 * lost.
 */
public final class BootstrapFailedException extends HoneException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a complete message, and its cause if there is one. */
  public BootstrapFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
