package dev.hone.work;

import dev.hone.lm.LmException;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
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
 *
 * <p>After an interrupt of the caller the work under way is interrupted, and waited for during a
 * grace period: two seconds, and half of that for each batch around this one, so that the inner one
 * has ended before the outer one gives up. What goes on after that is left behind on its daemon
 * threads.
 */
public final class Batch<T, R> {
  private static final int CALLS_PER_ITEM = 2;
  private static final int STOPPED = -1;
  private static final long GRACE_MILLIS = 2_000;

  /** How many batches are around the code that runs on a thread. */
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private final List<T> items;
  private final Function<? super T, ? extends R> function;
  private final UnaryOperator<Runnable> carrier;
  private final BatchThreads helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger firstFailed;
  private final @Nullable Object[] results;
  private final AtomicReferenceArray<@Nullable Throwable> errors;
  private final CountDownLatch open;
  private final int depth = DEPTH.get();
  private boolean apart;

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
    this.errors = new AtomicReferenceArray<>(this.items.size());
    this.open = new CountDownLatch(this.items.size());
  }

  /** Limits the items that are under way at once; to be called before it runs. */
  public Batch<T, R> atMost(int items) {
    helpers.limit(items - 1);
    return this;
  }

  /**
   * Leaves all work to other threads, so that the caller, which only waits, comes back after an
   * interrupt even if the work ignores it. The thread in its place is taken from none of the free
   * ones. To be called before it runs.
   */
  public Batch<T, R> apart() {
    apart = true;
    return this;
  }

  /**
   * Works on the calling thread, or on one in its place, and on those that help, and returns when
   * all have ended.
   *
   * @throws LmException.Interrupted if the caller was interrupted: before, or during the work, then
   *     after the grace period at the latest
   */
  public List<R> run() {
    if (apart && Thread.currentThread().isInterrupted()) {
      throw new LmException.Interrupted("Interrupted before the work began", null);
    }
    if (items.isEmpty() || !apart || !handOver()) {
      work();
    }
    awaitAll();
    return results();
  }

  private boolean handOver() {
    try {
      WorkerThreads.execute(this::standIn);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The machine has no more threads; the caller does the work.
      return false;
    }
  }

  private void standIn() {
    helpers.enterInPlaceOfCaller();
    try {
      carrier.apply(this::work).run();
    } catch (Throwable e) {
      // What binds the context failed, before any work: nobody else would end these items.
      for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
        failed(i, e);
        open.countDown();
      }
    } finally {
      helpers.leave();
    }
  }

  private void work() {
    int around = DEPTH.get();
    DEPTH.set(depth + 1);
    try {
      for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
        work(i);
      }
    } finally {
      DEPTH.set(around);
    }
  }

  private void work(int i) {
    try {
      if (i < firstFailed.get()) {
        callHelpers();
        results[i] = function.apply(items.get(i));
      }
    } catch (Throwable e) {
      failed(i, e);
    } finally {
      open.countDown();
    }
  }

  private void failed(int i, Throwable error) {
    errors.set(i, error);
    firstFailed.accumulateAndGet(i, Math::min);
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
    try {
      open.await();
      helpers.dismiss();
    } catch (InterruptedException e) {
      firstFailed.set(STOPPED);
      helpers.interrupt();
      boolean ended = endsInTime();
      int lost = helpers.leaveBehind(ended);
      Thread.currentThread().interrupt();
      throw interrupted(e, lost);
    }
  }

  /** Waits for the grace period; another interrupt ends it. */
  private boolean endsInTime() {
    try {
      return open.await(GRACE_MILLIS >> depth, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** What an item said of the interrupt says more than that there was one. */
  private LmException.Interrupted interrupted(InterruptedException interrupt, int lost) {
    for (int i = 0; i < errors.length(); i++) {
      if (errors.get(i) instanceof LmException.Interrupted inner) {
        return inner;
      }
    }
    return new LmException.Interrupted(
        lost == 0
            ? "Interrupted while waiting for other threads"
            : "Interrupted while waiting for other threads; %s did not end and %s left behind"
                .formatted(Plural.of(lost, "thread"), lost == 1 ? "is" : "are"),
        interrupt);
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // a result is what the function returned, null or not
  private List<R> results() {
    int failed = firstFailed.get();
    if (failed < items.size()) {
      throw Batch.<RuntimeException>unchecked(errors.get(failed));
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
