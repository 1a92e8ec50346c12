package dev.hone;

import org.jspecify.annotations.Nullable;

/** The root of every exception that Hone throws. All of them are unchecked. */
public abstract class HoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a complete message. */
  protected HoneException(String message) {
    super(message);
  }

  /** Makes an exception with a complete message and its cause. */
  protected HoneException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
