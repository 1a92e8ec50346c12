package dev.hone.context;

import org.jspecify.annotations.Nullable;

/**
 * Code that runs with a context bound and returns a value. What it throws passes through {@link
 * Context#call} as its own type: code that throws no checked exception needs no handling.
 *
 * @param <R> what it returns
 * @param <X> the checked exception that it throws, if any
 */
@FunctionalInterface
public interface ContextCall<R extends @Nullable Object, X extends Exception> {
  /** Runs the code. */
  R run() throws X;

  /**
   * Code that runs with a context bound and returns nothing.
   *
   * @param <X> the checked exception that it throws, if any
   */
  @FunctionalInterface
  interface Action<X extends Exception> {
    /** Runs the code. */
    void run() throws X;
  }
}
