package dev.hone.context;

import dev.hone.lm.LmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Workers#map}: the items, the next one to take, and what came of each.
 *
 * <p>Items are taken in order, and one is left out only if an item before it has failed: so every
 * item before the first that fails is run, and the failure reported is the same on any number of
 * threads.
 */
final class Batch<T, R> {
  private static final int STOPPED = -1;

  private final List<T> items;
  private final Function<? super T, ? extends R> function;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger firstFailed;
  private final @Nullable Object[] results;
  private final @Nullable Throwable[] errors;
  private final CountDownLatch open;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Thread> helpers = new HashSet<>();
  private boolean stopped;

  Batch(List<T> items, Function<? super T, ? extends R> function) {
    this.items = new ArrayList<>(items);
    this.function = function;
    this.firstFailed = new AtomicInteger(items.size());
    this.results = new Object[items.size()];
    this.errors = new Throwable[items.size()];
    this.open = new CountDownLatch(items.size());
  }

  /** Takes items on a thread other than the caller's, until none is left. */
  void help() {
    if (enter()) {
      try {
        work();
      } finally {
        leave();
      }
    }
  }

  /** Takes items until none is left. */
  void work() {
    for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
      try {
        if (i < firstFailed.get()) {
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

  /** Waits for the work of all threads to end. Called when the caller has nothing left to take. */
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // a result is what the function returned, null or not
  List<R> results() {
    awaitAll();
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

  private void awaitAll() {
    InterruptedException interrupt = null;
    while (open.getCount() > 0) {
      try {
        open.await();
      } catch (InterruptedException e) {
        interrupt = e;
        stop();
      }
    }
    if (interrupt != null) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while waiting for other threads", interrupt);
    }
  }

  /** Interrupts the helpers; never one that has left and does other work now. */
  private void stop() {
    firstFailed.set(STOPPED);
    lock.lock();
    try {
      stopped = true;
      helpers.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }

  private boolean enter() {
    lock.lock();
    try {
      if (!stopped) {
        helpers.add(Thread.currentThread());
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      helpers.remove(Thread.currentThread());
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable error) throws E {
    throw (E) error;
  }
}
