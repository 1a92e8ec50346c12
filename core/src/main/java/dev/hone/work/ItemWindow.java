package dev.hone.work;

import dev.hone.lm.LmException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Condition room = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final Map<Long, Done<R>> waiting = new HashMap<>();
  private final AtomicLong underWay = new AtomicLong();
  private volatile long taken;
  private volatile long handedOn;
  private boolean handingOn;
  private volatile boolean noMore;
  private volatile boolean stopped;
  private volatile long firstFailed = Long.MAX_VALUE;
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
  ItemWindow(Iterator<? extends T> items, Consumer<? super R> results, long width, long size) {
    this.items = items;
    this.results = results;
    this.width = width;
    this.size = size;
  }

  /** The next item, when there is room for it in the window; null if no more are to be taken. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock of those who take
  @Nullable Taken<T> take() {
    taking.lock();
    // From here on, so that an iterator which does not come back is not taken for the end.
    underWay.incrementAndGet();
    Taken<T> next = null;
    try {
      if (hasRoom() && hasNext()) {
        T item = items.next();
        next = new Taken<>(taken++, item);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(taken, new LmException.Interrupted("Interrupted while waiting for earlier items", e));
    } catch (Throwable e) {
      failed(taken, e);
    } finally {
      if (next == null) {
        end();
      }
      taking.unlock();
    }
    return next;
  }

  /** Waits for room in the window. */
  private boolean hasRoom() throws InterruptedException {
    if (isFull()) {
      lock.lock();
      try {
        while (!noMore && isFull()) {
          room.await();
        }
      } finally {
        lock.unlock();
      }
    }
    return !noMore;
  }

  private boolean isFull() {
    return taken - handedOn >= width;
  }

  private boolean hasNext() {
    if (!items.hasNext()) {
      takeNoMore();
    }
    return !noMore;
  }

  private void takeNoMore() {
    lock.lock();
    try {
      noMore = true;
      room.signalAll();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The work on an item has ended, with a result, a failure or neither. */
  void end() {
    if (underWay.decrementAndGet() == 0 && noMore) {
      lock.lock();
      try {
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether an item is before the first one that failed. */
  boolean isWanted(Taken<T> taken) {
    return !stopped && taken.index() < firstFailed;
  }

  /** An item failed, or what was to begin with it. */
  void failed(long index, Throwable error) {
    lock.lock();
    try {
      if (index < firstFailed) {
        firstFailed = index;
        failure = error;
      }
      if (index < firstInterrupted && error instanceof LmException.Interrupted inner) {
        firstInterrupted = index;
        interrupt = inner;
      }
      takeNoMore();
    } finally {
      lock.unlock();
    }
  }

  /** Hands on the results that are next, unless another thread is at it: then that one does. */
  void done(long index, @Nullable R result) {
    for (Done<R> next = kept(index, result); next != null; next = handedOn(next)) {}
  }

  /** Keeps a result until it is next; what this thread is to hand on, if it is to. */
  private @Nullable Done<R> kept(long index, @Nullable R result) {
    lock.lock();
    try {
      waiting.put(index, new Done<>(result));
      return handingOn ? null : next();
    } finally {
      lock.unlock();
    }
  }

  /** The next result; null if it has not come, or nothing is to be handed on any more. */
  private @Nullable Done<R> next() {
    Done<R> next = stopped || handedOn >= firstFailed ? null : waiting.remove(handedOn);
    handingOn = next != null;
    return next;
  }

  /** Hands a result on; the next one. */
  @SuppressWarnings({
    "NullAway", // a result is what the function returned, null or not
    "NonAtomicVolatileUpdate" // by one thread at a time
  })
  private @Nullable Done<R> handedOn(Done<R> next) {
    try {
      results.accept(next.result());
    } catch (Throwable e) {
      failed(handedOn, e);
      return null;
    }
    lock.lock();
    try {
      handedOn++;
      room.signalAll();
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** The items that may be taken now. */
  int itemsLeft() {
    long left = Math.min(width - (taken - handedOn), size - taken);
    return noMore ? 0 : (int) Math.min(Integer.MAX_VALUE, left);
  }

  /** Nothing more is taken, begun or handed on. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      takeNoMore();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when all items have ended. */
  void awaitEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isAtEnd()) {
        ended.await();
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
        left = ended.awaitNanos(left);
      }
      return isAtEnd();
    } finally {
      lock.unlock();
    }
  }

  private boolean isAtEnd() {
    return noMore && underWay.get() == 0;
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
