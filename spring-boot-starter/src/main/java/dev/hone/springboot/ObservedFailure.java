package dev.hone.springboot;

/**
 * What an observation is told of a failure where it shall have no content: the class of the
 * exception alone, since its words quote replies.
 */
final class ObservedFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ObservedFailure(String type) {
    super(type, null, false, false);
  }

  /**
   * The failure as an observation may have it.
   *
   * @param content whether its words may be shown
   */
  static Throwable of(Throwable error, boolean content) {
    return content ? error : new ObservedFailure(type(error));
  }

  /** The class of an exception. */
  static String type(Throwable error) {
    return error.getClass().getSimpleName();
  }
}
