package dev.hone.signature;

import dev.hone.HoneException;

/** A value that does not fit the type of its field. Carries the path to it. */
public final class TypeMismatchException extends HoneException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * Makes the exception.
   *
   * @param path the path of names and indices to the value, such as {@code items[2].price}
   * @param problem what was found and what was expected
   */
  public TypeMismatchException(String path, String problem) {
    super((path.isEmpty() ? "The value" : path) + ": " + problem);
    this.path = path;
  }

  /** The path of names and indices to the value; empty for the whole value. */
  public String path() {
    return path;
  }
}
