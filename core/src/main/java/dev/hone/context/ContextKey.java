package dev.hone.context;

/**
 * Names a value that a library on top of Hone binds to a context. Two keys are equal only if they
 * are the same object.
 *
 * @param <T> the type of the value
 */
public final class ContextKey<T> {
  private final String name;
  private final boolean carried;

  private ContextKey(String name, boolean carried) {
    this.name = name;
    this.carried = carried;
  }

  /** Makes a new key. */
  public static <T> ContextKey<T> named(String name) {
    return new ContextKey<>(name, false);
  }

  /**
   * Makes a new key whose value also holds in every context that is bound within one that has it,
   * unless that has a value of its own: for what observes work, whoever does it.
   */
  public static <T> ContextKey<T> carried(String name) {
    return new ContextKey<>(name, true);
  }

  boolean isCarried() {
    return carried;
  }

  @Override
  public String toString() {
    return name;
  }
}
