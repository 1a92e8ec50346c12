package dev.hone.optimize.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C for a program with a {@code main} of its own: the first one interrupts the thread that
 * installed this, so that a run ends in order with the best so far, {@code INTERRUPTED}, and can be
 * saved; a second one ends the process at once. Both leave the exit code 130.
 *
 * <pre>{@code
 * try (StopSignal stop = StopSignal.install(() -> System.err.println("stopping"))) {
 *   MiproV2.light().journal(folder).compile(task).save(file);
 *   System.exit(stop.exitCode(0));
 * }
 * }</pre>
 *
 * <p>Where the Java platform lets no one handle signals, and where Ctrl-C is ignored, as in the
 * background of a script, nothing changes. Other signals are left alone. Thread-safe.
 */
public final class StopSignal implements AutoCloseable {
  /** What a shell gives for a process that Ctrl-C ended. */
  public static final int EXIT_CODE = 130;

  private final Thread worker = Thread.currentThread();
  private final Runnable told;
  private final Runnable end;
  private volatile boolean stopped;
  private @Nullable Object before;

  /** For tests: with another end of the process. */
  StopSignal(Runnable told, Runnable end) {
    this.told = told;
    this.end = end;
  }

  /**
   * Handles Ctrl-C from now on, until it is closed.
   *
   * @param told is run at the first one, before the thread is interrupted, such as to say so
   */
  public static StopSignal install(Runnable told) {
    Objects.requireNonNull(told, "told");
    StopSignal signal = new StopSignal(told, () -> Runtime.getRuntime().halt(EXIT_CODE));
    signal.before = handle(signal.handler());
    return signal;
  }

  /** Ctrl-C was pressed. */
  void press() {
    if (stopped) {
      end.run();
      return;
    }
    stopped = true;
    try {
      told.run();
    } finally {
      worker.interrupt();
    }
  }

  /** Whether it was pressed. */
  public boolean isStopped() {
    return stopped;
  }

  /** The exit code of the process: {@value #EXIT_CODE} if it was pressed, else the other one. */
  public int exitCode(int otherwise) {
    return stopped ? EXIT_CODE : otherwise;
  }

  /** Leaves Ctrl-C to whoever handled it before. */
  @Override
  public void close() {
    Object handler = before;
    before = null;
    if (handler != null) {
      handle(handler);
    }
  }

  private @Nullable Object handler() {
    InvocationHandler calls =
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" -> press();
            case "hashCode" -> {
              return System.identityHashCode(proxy);
            }
            case "equals" -> {
              return arguments != null && proxy == arguments[0];
            }
            default -> {
              return "StopSignal";
            }
          }
          return null;
        };
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      return Proxy.newProxyInstance(
          StopSignal.class.getClassLoader(), new Class<?>[] {type}, calls);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** Sets who handles Ctrl-C; gives who did before. Not all platforms have the class. */
  private static @Nullable Object handle(@Nullable Object handler) {
    if (handler == null) {
      return null;
    }
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Object ctrlC = signal.getConstructor(String.class).newInstance("INT");
      return signal
          .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
          .invoke(null, ctrlC, handler);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
