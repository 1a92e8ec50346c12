package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads that a test starts, and waits for by what they do, not by time. */
public final class TestThreads {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final List<FutureTask<?>> tasks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Starts code on a thread of its own. */
  public <T> FutureTask<T> start(Callable<T> code) {
    FutureTask<T> task = new FutureTask<>(code);
    Thread thread = new Thread(task, "test-thread-" + threads.size());
    thread.setDaemon(true);
    tasks.add(task);
    threads.add(thread);
    thread.start();
    return task;
  }

  /** Starts code on several threads. */
  public <T> List<FutureTask<T>> start(int count, Callable<T> code) {
    List<FutureTask<T>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(start(code));
    }
    return started;
  }

  /** The thread that was started at that position. */
  public Thread thread(int index) {
    return threads.get(index);
  }

  /** Returns when all threads from that position on wait for something. */
  public void awaitWaitingFrom(int index) {
    for (Thread thread : threads.subList(index, threads.size())) {
      await(
          () ->
              thread.getState() == Thread.State.WAITING
                  || thread.getState() == Thread.State.TIMED_WAITING);
    }
  }

  /** Returns when a condition holds. */
  public static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as("nanoseconds waited").isLessThan(PATIENCE_NANOS);
      LockSupport.parkNanos(50_000);
    }
  }
}
