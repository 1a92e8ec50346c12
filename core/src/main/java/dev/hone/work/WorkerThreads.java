package dev.hone.work;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of the process that help with work: all daemons, none waits in a queue. */
public final class WorkerThreads {
  /** More platform threads than this do not help; those who want more do the work themselves. */
  private static final int MAX_PLATFORM_THREADS = 4096;

  private static final ExecutorService THREADS = threads();

  private WorkerThreads() {}

  /**
   * Runs code on a thread of its own, at once.
   *
   * @throws RejectedExecutionException if there are too many
   */
  public static void execute(Runnable code) {
    THREADS.execute(code);
  }

  private static ExecutorService threads() {
    try {
      MethodHandle virtual =
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class));
      return (ExecutorService) virtual.invoke();
    } catch (NoSuchMethodException e) {
      return platformThreads();
    } catch (Throwable e) {
      throw new IllegalStateException("Virtual threads exist but are not available", e);
    }
  }

  /** Threads that are kept for five seconds after their last work. */
  static ExecutorService platformThreads() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        MAX_PLATFORM_THREADS,
        5,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        code -> {
          Thread thread = new Thread(code, "hone-worker-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
