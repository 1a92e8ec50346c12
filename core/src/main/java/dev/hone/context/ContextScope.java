package dev.hone.context;

import dev.hone.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * How long a context is bound to a thread, see {@link Context#open}. Belongs to the thread that
 * opened it.
 */
public final class ContextScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable Context> BOUND = new ThreadLocal<>();

  private final Thread owner = Thread.currentThread();
  private final Context opened;
  private final @Nullable Context before;
  private boolean closed;

  /** Binds a context. */
  ContextScope(Context context) {
    opened = context;
    before = bind(context);
  }

  /**
   * Binds again what was bound before. Closing twice does nothing.
   *
   * @throws InvalidInputException on another thread than the one that opened it, or while another
   *     scope that was opened within it is open; then nothing changes
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (Thread.currentThread() != owner) {
      throw InvalidInputException.of(
          "The scope of %s was opened on the thread %s, and is closed on the thread %s"
              .formatted(opened, owner.getName(), Thread.currentThread().getName()),
          "open and close it in one try statement, and use context.wrap(code) for other threads");
    }
    if (bound() != opened) {
      throw InvalidInputException.of(
          "The scope of %s is closed while another one is bound, %s"
              .formatted(opened, Context.current()),
          "close scopes in reverse order, by a try statement each");
    }
    closed = true;
    restore(before);
  }

  /** What is bound to this thread. */
  static @Nullable Context bound() {
    return BOUND.get();
  }

  /** Binds a context to this thread, and returns what was bound before. */
  static @Nullable Context bind(Context context) {
    Context before = BOUND.get();
    BOUND.set(context);
    return before;
  }

  /** Binds again what was bound before. */
  static void restore(@Nullable Context before) {
    if (before == null) {
      BOUND.remove();
    } else {
      BOUND.set(before);
    }
  }
}
