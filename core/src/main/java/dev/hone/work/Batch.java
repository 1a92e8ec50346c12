package dev.hone.work;

import dev.hone.lm.LmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work on many items: the items, the next one to take, and what came of each.
 *
 * <p>Items are taken in order, and one is left out only if an item before it has failed: so every
 * item before the first that fails is run, and the failure reported is the same on any number of
 * threads.
 *
 * <p>Every thread that takes an item first calls two more if there is work for them: so a thousand
 * are started quickly, none if the work is done before, and threads that become free elsewhere help
 * from the next item on.
 */
public final class Batch<T, R> {
  private static final int CALLS_PER_ITEM = 2;
  private static final int STOPPED = -1;

  private final List<T> items;
  private final Function<? super T, ? extends R> function;
  private final UnaryOperator<Runnable> carrier;
  private final BatchThreads helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger firstFailed;
  private final @Nullable Object[] results;
  private final @Nullable Throwable[] errors;
  private final CountDownLatch open;

  /**
   * A batch that has not begun.
   *
   * @param free as many permits as there are threads to help
   * @param carrier takes what the caller's thread knows to another thread
   */
  public Batch(
      List<T> items,
      Function<? super T, ? extends R> function,
      Semaphore free,
      UnaryOperator<Runnable> carrier) {
    this.items = new ArrayList<>(items);
    this.function = function;
    this.carrier = carrier;
    this.helpers = new BatchThreads(free);
    this.firstFailed = new AtomicInteger(this.items.size());
    this.results = new Object[this.items.size()];
    this.errors = new Throwable[this.items.size()];
    this.open = new CountDownLatch(this.items.size());
  }

  /** Limits the items that are under way at once; to be called before it runs. */
  public Batch<T, R> atMost(int items) {
    helpers.limit(items - 1);
    return this;
  }

  /** Works on the calling thread and on those that help, and returns when all have ended. */
  public List<R> run() {
    work();
    awaitAll();
    return results();
  }

  private void work() {
    for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
      try {
        if (i < firstFailed.get()) {
          callHelpers();
          results[i] = function.apply(items.get(i));
        }
      } catch (Throwable e) {
        errors[i] = e;
        firstFailed.accumulateAndGet(i, Math::min);
      } finally {
        open.countDown();
      }
    }
  }

  private void callHelpers() {
    for (int i = 0; i < CALLS_PER_ITEM && helpers.call(items.size() - next.get()); i++) {
      try {
        WorkerThreads.execute(this::help);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // The machine has no more threads; those that there are do the work.
        helpers.recall();
        return;
      }
    }
  }

  private void help() {
    if (helpers.enter()) {
      try {
        carrier.apply(this::work).run();
      } finally {
        helpers.leave();
      }
    }
  }

  private void awaitAll() {
    InterruptedException interrupt = null;
    while (open.getCount() > 0) {
      try {
        open.await();
      } catch (InterruptedException e) {
        interrupt = e;
        firstFailed.set(STOPPED);
        helpers.interrupt();
      }
    }
    helpers.dismiss();
    if (interrupt != null) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while waiting for other threads", interrupt);
    }
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // a result is what the function returned, null or not
  private List<R> results() {
    int failed = firstFailed.get();
    if (failed < items.size()) {
      throw Batch.<RuntimeException>unchecked(errors[failed]);
    }
    List<R> list = new ArrayList<>(items.size());
    for (Object result : results) {
      list.add((R) result);
    }
    return list;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable error) throws E {
    throw (E) error;
  }
}
