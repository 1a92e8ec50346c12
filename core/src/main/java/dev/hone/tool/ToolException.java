package dev.hone.tool;

import dev.hone.HoneException;
import org.jspecify.annotations.Nullable;

/** What went wrong in a tool, in words for the model that called it. */
public final class ToolException extends HoneException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception, with the text that the model reads. */
  public ToolException(String message) {
    super(message);
  }

  /** Makes the exception, with the text that the model reads and its cause, which it does not. */
  public ToolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
