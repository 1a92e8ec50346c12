package dev.hone.retrieve;

import dev.hone.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** An index that cannot be written, read, or used with the embedder at hand. */
public final class IndexFileException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;

  /** What is wrong with the file of an index. */
  public enum Problem {
    /** It cannot be written. */
    NOT_WRITABLE,
    /** There is no such file, or it cannot be read. */
    NOT_READABLE,
    /** It is no index that Hone saved. */
    NOT_AN_INDEX,
    /** A newer version of Hone wrote it. */
    NEWER_FORMAT,
    /** It is cut off, longer than it should be, or changed. */
    DAMAGED,
    /** Another embedder made its vectors. */
    OTHER_EMBEDDER
  }

  IndexFileException(Problem problem, String message, @Nullable Throwable cause) {
    super(message);
    this.problem = problem;
    if (cause != null) {
      initCause(cause);
    }
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
