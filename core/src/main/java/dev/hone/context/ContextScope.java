package dev.hone.context;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How long a context is bound to a thread, see {@link Context#open}. Belongs to the thread that
 * opened it.
 */
public final class ContextScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable Binding> BOUND = new ThreadLocal<>();

  private final Thread owner = Thread.currentThread();
  private final Binding mine;
  private boolean closed;

  /** Binds a context. */
  ContextScope(Context context) {
    mine = bind(context);
  }

  /** One context bound to a thread, one time: the same one bound within it is another binding. */
  static final class Binding {
    private final Context context;
    private final @Nullable Binding before;

    private Binding(Context context, @Nullable Binding before) {
      this.context = context;
      this.before = before;
    }
  }

  /** A context on its way to other threads, with what its listeners have current on this one. */
  static final class Carrier {
    private final Context context;
    private final List<Listeners.Carried> carried;

    Carrier(Context context) {
      this.context = context;
      this.carried = context.parts().listeners.carried();
    }

    /** Code that runs under it. */
    Runnable runnable(Runnable code) {
      return () ->
          call(
              () -> {
                code.run();
                return true;
              });
    }

    /** Code that runs under it. */
    <R> Callable<R> callable(Callable<R> code) {
      return () -> call(code::call);
    }

    private <R, X extends Exception> R call(ContextCall<R, X> code) throws X {
      ContextCall<R, X> whole = () -> context.call(code);
      for (Listeners.Carried each : carried) {
        whole = each.around(whole);
      }
      return whole.run();
    }
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
              .formatted(mine.context, owner.getName(), Thread.currentThread().getName()),
          "open and close it in one try statement, and use context.wrap(code) for other threads");
    }
    if (BOUND.get() != mine) {
      throw InvalidInputException.of(
          "The scope of %s is closed while another one is bound, that of %s"
              .formatted(mine.context, Context.current()),
          "close scopes in reverse order, by a try statement each");
    }
    closed = true;
    restore(mine);
  }

  /** What is bound to this thread. */
  static @Nullable Context bound() {
    Binding binding = BOUND.get();
    return binding == null ? null : binding.context;
  }

  /** Binds a context to this thread. */
  static Binding bind(Context context) {
    Binding binding = new Binding(context, BOUND.get());
    BOUND.set(binding);
    return binding;
  }

  /** Binds again what was bound before a binding, whatever was bound within it and left. */
  static void restore(Binding binding) {
    if (binding.before == null) {
      BOUND.remove();
    } else {
      BOUND.set(binding.before);
    }
  }
}
