package dev.hone.work;

import dev.hone.lm.LmException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The items of one piece of work that are taken and not handed on: gives out the next one, puts the
 * results in order, knows the first failure and when all has ended. Thread-safe.
 */
final class ItemWindow<T, R> {
  private final Iterator<? extends T> items;
  private final Consumer<? super R> results;
  private final long width;
  private final long size;

  /** Held while an item is taken, which may read a file; {@link #lock} is never held for long. */
  private final ReentrantLock taking = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Done<R>> waiting = new HashMap<>();
  private long taken;
  private long handedOn;
  private long underWay;
  private boolean handingOn;
  private boolean noMore;
  private boolean stopped;
  private long firstFailed = Long.MAX_VALUE;
  private @Nullable Throwable failure;
  private long firstInterrupted = Long.MAX_VALUE;
  private LmException.@Nullable Interrupted interrupt;

  /** An item with its place, counted from 0. */
  record Taken<T>(long index, T item) {}

  private record Done<R>(@Nullable R result) {}

  /**
   * The items before the first.
   *
   * @param width the most items that are taken and not handed on
   * @param size the number of items, or a larger one
   */
  ItemWindow(
      Iterator<? extends T> items, Consumer<? super R> results, long width, long size) {
    this.items = items;
    this.results = results;
    this.width = width;
    this.size = size;
  }

  /** The next item, when there is room for it in the window; null if no more are to be taken. */
  @Nullable Taken<T> take() {
    taking.lock();
    try {
      if (!hasRoom() || !hasNext()) {
        return null;
      }
      T item = items.next();
      lock.lock();
      try {
        underWay++;
        return new Taken<>(taken++, item);
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(taken, new LmException.Interrupted("Interrupted while waiting for earlier items", e));
      return null;
    } catch (Throwable e) {
      failed(taken, e);
      return null;
    } finally {
      taking.unlock();
    }
  }

  /** Waits for room in the window. */
  private boolean hasRoom() throws InterruptedException {
    lock.lock();
    try {
      while (!noMore && taken - handedOn >= width) {
        changed.await();
      }
      return !noMore;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasNext() {
    boolean more = items.hasNext();
    lock.lock();
    try {
      noMore |= !more;
      changed.signalAll();
      return !noMore;
    } finally {
      lock.unlock();
    }
  }

  /** The work on an item has ended, with a result, a failure or neither. */
  void end() {
    lock.lock();
    underWay--;
    changed.signalAll();
    lock.unlock();
  }

  /** Whether an item is before the first one that failed. */
  boolean isWanted(Taken<T> taken) {
    lock.lock();
    try {
      return !stopped && taken.index() < firstFailed;
    } finally {
      lock.unlock();
    }
  }

  /** An item failed, or what was to begin with it. */
  void failed(long index, Throwable error) {
    lock.lock();
    try {
      noMore = true;
      if (index < firstFailed) {
        firstFailed = index;
        failure = error;
      }
      if (index < firstInterrupted && error instanceof LmException.Interrupted inner) {
        firstInterrupted = index;
        interrupt = inner;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Hands on the results that are next, unless another thread is at it: then that one does. */
  void done(long index, @Nullable R result) {
    lock.lock();
    try {
      waiting.put(index, new Done<>(result));
      if (handingOn) {
        return;
      }
      handingOn = true;
      while (!stopped && handedOn < firstFailed && waiting.containsKey(handedOn)) {
        handOn(waiting.remove(handedOn).result());
      }
      handingOn = false;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("NullAway") // a result is what the function returned, null or not
  private void handOn(@Nullable R result) {
    lock.unlock();
    Throwable error = null;
    try {
      results.accept(result);
    } catch (Throwable e) {
      error = e;
    }
    lock.lock();
    if (error != null) {
      failed(handedOn, error);
    } else {
      handedOn++;
      changed.signalAll();
    }
  }

  /** The items that may be taken now. */
  int itemsLeft() {
    lock.lock();
    try {
      long left = Math.min(width - (taken - handedOn), size - taken);
      return noMore ? 0 : (int) Math.min(Integer.MAX_VALUE, left);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is taken, begun or handed on. */
  void stop() {
    lock.lock();
    stopped = true;
    noMore = true;
    changed.signalAll();
    lock.unlock();
  }

  /** Returns when all items have ended. */
  void awaitEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isAtEnd()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits at most some time; whether all items have ended by then. */
  boolean endsWithin(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!isAtEnd() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return isAtEnd();
    } finally {
      lock.unlock();
    }
  }

  private boolean isAtEnd() {
    return noMore && underWay == 0;
  }

  /** The failure of the first item that failed; null if none did. */
  @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** What the first item that was interrupted said of it; null if none did. */
  LmException.@Nullable Interrupted interrupt() {
    lock.lock();
    try {
      return interrupt;
    } finally {
      lock.unlock();
    }
  }
}
