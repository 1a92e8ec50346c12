package dev.hone.context;

import dev.hone.lm.LmException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs independent work on several threads: virtual ones where the runtime has them, platform threads
 * otherwise. The calling thread works too, so nested work never waits for a free thread. How many
 * model calls are under way is limited by the pipeline, not here.
 */
public final class Workers {
  private static final ExecutorService THREADS = threads();

  private final int parallelism;

  Workers(int parallelism) {
    this.parallelism = parallelism;
  }

  /**
   * Applies a function to every item, on several threads, with the current context bound.
   *
   * @return the results in the order of the items
   * @throws RuntimeException the exception of the first item, in order, whose function threw one
   */
  public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> function) {
    Context context = Context.current();
    Batch<T, R> batch = new Batch<>(items, function);
    int helpers = Math.min(items.size(), parallelism) - 1;
    for (int i = 0; i < helpers; i++) {
      THREADS.execute(context.wrap(batch::work));
    }
    batch.work();
    return batch.results();
  }

  /** One call of {@link #map}: the items, the next one to take, and what came of each. */
  private static final class Batch<T, R> {
    private final List<T> items;
    private final Function<? super T, ? extends R> function;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable R> results;
    private final AtomicReferenceArray<@Nullable Throwable> errors;
    private final CountDownLatch open;
    private volatile boolean failed;

    Batch(List<T> items, Function<? super T, ? extends R> function) {
      this.items = items;
      this.function = function;
      this.results = new AtomicReferenceArray<>(items.size());
      this.errors = new AtomicReferenceArray<>(items.size());
      this.open = new CountDownLatch(items.size());
    }

    void work() {
      for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
        try {
          if (!failed) {
            results.set(i, function.apply(items.get(i)));
          }
        } catch (RuntimeException | Error e) {
          errors.set(i, e);
          failed = true;
        } finally {
          open.countDown();
        }
      }
    }

    @SuppressWarnings("NullAway")
    List<R> results() {
      try {
        open.await();
      } catch (InterruptedException e) {
        failed = true;
        Thread.currentThread().interrupt();
        throw new LmException.Interrupted("Interrupted while waiting for other threads", e);
      }
      List<R> list = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        rethrow(errors.get(i));
        list.add(results.get(i));
      }
      return list;
    }

    private static void rethrow(@Nullable Throwable error) {
      if (error instanceof RuntimeException e) {
        throw e;
      }
      if (error instanceof Error e) {
        throw e;
      }
    }
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
      throw new IllegalStateException("Virtual threads exist but cannot be had", e);
    }
  }

  private static ExecutorService platformThreads() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
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
