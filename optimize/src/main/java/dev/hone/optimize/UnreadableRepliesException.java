package dev.hone.optimize;

import dev.hone.HoneException;

/**
 * None of the first runs of a program gave a reply that could be read, so the others would be paid
 * for without a result. The message says what the replies had in common; the cause is the fault of
 * the first run.
 */
public final class UnreadableRepliesException extends HoneException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a complete message. */
  public UnreadableRepliesException(String message, RuntimeException cause) {
    super(message, cause);
  }
}
