package dev.hone.adapter;

import dev.hone.HoneException;
import dev.hone.text.Excerpt;

/** One reply that an adapter could not read. Carries the path of the field that failed. */
public final class ReplyFormatException extends HoneException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_CHARS = 500;
  private static final int HEAD_CHARS = 350;
  private static final int MAX_PATH_CHARS = 200;

  private final String path;

  /**
   * Makes the exception.
   *
   * @param path the path of names and indices to what failed; empty for the whole reply
   * @param problem what was found and what was expected, naming the path; a full stop is added
   *     where it lacks one, and of more than 500 characters the middle is left out
   */
  public ReplyFormatException(String path, String problem) {
    super(shortened(problem.endsWith(".") ? problem : problem + "."));
    this.path = Excerpt.of(path, MAX_PATH_CHARS);
  }

  /** What to do about it often stands at the end, so that the middle goes. */
  private static String shortened(String problem) {
    return problem.length() <= MAX_CHARS
        ? problem
        : Excerpt.beginning(problem, HEAD_CHARS)
            + Excerpt.end(problem, MAX_CHARS - HEAD_CHARS - 2).substring(1);
  }

  /**
   * The path of names and indices to what failed, at most 200 characters; empty for the whole
   * reply.
   */
  public String path() {
    return path;
  }
}
