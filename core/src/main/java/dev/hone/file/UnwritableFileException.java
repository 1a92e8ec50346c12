package dev.hone.file;

import org.jspecify.annotations.Nullable;

/** A file that cannot be written; callers turn it into an exception of their own. */
public final class UnwritableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String fix;

  /** An exception of a file. */
  public UnwritableFileException(String problem, String fix, @Nullable Exception cause) {
    super(problem, cause);
    this.problem = problem;
    this.fix = fix;
  }

  /** What is wrong, in words that go after a colon. */
  public String problem() {
    return problem;
  }

  /** What to try, in words that go after "Maybe". */
  public String fix() {
    return fix;
  }
}
