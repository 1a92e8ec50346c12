package dev.hone.adapter;

import dev.hone.HoneException;

/** One reply that an adapter could not read. Carries the path of the field that failed. */
public final class ReplyFormatException extends HoneException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * Makes the exception.
   *
   * @param path the path of names and indices to what failed; empty for the whole reply
   * @param problem what was found and what was expected, naming the path; a full stop is added
   *     where it lacks one
   */
  public ReplyFormatException(String path, String problem) {
    super(problem.endsWith(".") ? problem : problem + ".");
    this.path = path;
  }

  /** The path of names and indices to what failed; empty for the whole reply. */
  public String path() {
    return path;
  }
}
