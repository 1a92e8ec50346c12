package dev.hone;

/**
 * A value given to Hone that it cannot use: a setting, a type, a file, a row of data. The message
 * names the thing, the value found, the value expected, and a likely fix in a line that begins
 * "Maybe".
 */
public class InvalidInputException extends HoneException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a complete message. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** Makes an exception with a complete message and its cause. */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Makes an exception whose message has the usual form, for example {@code minibatchSize (50)
   * exceeds the validation set (32 examples). Maybe lower minibatchSize.}
   *
   * @param problem the thing, the value found and the value expected, without a full stop
   * @param fix the likely fix, without "Maybe" and without a full stop
   */
  public static InvalidInputException of(String problem, String fix) {
    return new InvalidInputException(problem + ". Maybe " + fix + ".");
  }
}
