package dev.hone.context;

/**
 * Names a value that a library on top of Hone binds to a context. Two keys are equal only if they
 * are the same object.
 *
 * @param <T> the type of the value
 */
public final class ContextKey<T> {
  private final String name;

  private ContextKey(String name) {
    this.name = name;
  }

  /** Makes a new key. */
  public static <T> ContextKey<T> named(String name) {
    return new ContextKey<>(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
