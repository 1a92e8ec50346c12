package dev.hone.lm.bridge;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks through an exception and its causes, of which there may be a circle. */
public final class Causes {
  private static final int MAX_DEPTH = 20;

  private Causes() {}

  /** The first of a type. */
  public static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
    return find(error, type::isInstance).map(type::cast);
  }

  /** The first that matches. */
  public static Optional<Throwable> find(Throwable error, Predicate<Throwable> meant) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      if (meant.test(at)) {
        return Optional.of(at);
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  /**
   * Notes an earlier failure with one, once, and not if they are the same instance, which some
   * models throw again and again.
   */
  public static void suppress(Throwable error, Throwable earlier) {
    if (error != earlier && !List.of(error.getSuppressed()).contains(earlier)) {
      error.addSuppressed(earlier);
    }
  }

  /** The message of the deepest cause that has one; otherwise its class. */
  public static String deepestMessage(Throwable error) {
    String text = error.toString();
    Throwable at = error;
    for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      text = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
      at = at.getCause();
    }
    return text;
  }
}
