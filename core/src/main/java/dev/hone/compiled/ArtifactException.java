package dev.hone.compiled;

import dev.hone.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** A saved program that cannot be written, read, or used with the program at hand. */
public final class ArtifactException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final String source;

  /** What is wrong with an artifact. */
  public enum Problem {
    /** It cannot be written. */
    NOT_WRITABLE,
    /** There is no such file, or it cannot be read. */
    NOT_READABLE,
    /** It is not JSON text, or was cut off. */
    NOT_JSON,
    /** It is JSON, but not a program that Hone saved. */
    NOT_AN_ARTIFACT,
    /** A newer version of Hone wrote it. */
    NEWER_FORMAT,
    /** A part of it is missing, has another type, or does not fit its signature. */
    DAMAGED,
    /** The program has other predictors than the one that was saved. */
    PREDICTORS_DIFFER,
    /** A predictor's fields have changed since it was saved. */
    SIGNATURE_CHANGED
  }

  ArtifactException(Problem problem, String source, String message) {
    this(problem, source, message, null);
  }

  ArtifactException(Problem problem, String source, String message, @Nullable Throwable cause) {
    super(source + ": " + message);
    this.problem = problem;
    this.source = source;
    if (cause != null) {
      initCause(cause);
    }
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }

  /** The path of the file; {@code the artifact} if it came from elsewhere. */
  public String source() {
    return source;
  }
}
