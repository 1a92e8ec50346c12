package dev.hone.pipeline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many calls may be in flight, found by additive increase and multiplicative decrease.
 *
 * <p>Structure: a fair semaphore, so first come, first served; its permits follow the limit. The
 * limit starts at its upper bound. A rate-limited call that began after the last cut cuts it to 0.7
 * of its size, never below 1; those that began before the cut reflect the old limit and are
 * ignored, so there is one cut per window, however many calls of the window fail. A limit's worth
 * of successes adds 1, if the limit is what holds calls back.
 *
 * <p>Complexity: O(1) per call; while the limit is at its upper bound, success takes no lock.
 *
 * <p>Source: AIMD as in Chiu and Jain (1989), one cut per round trip as in TCP (RFC 5681). Gradient
 * limits such as Vegas read a long answer as a queue, and so fit language models badly.
 */
final class InFlightLimit {
  private static final double CUT = 0.7;

  private final int max;
  private final LongSupplier nanoTime;
  private final Permits permits;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int limit;
  private int successes;
  private long lastCutNanos;

  /** Starts at the upper bound. */
  InFlightLimit(int max, LongSupplier nanoTime) {
    this.max = max;
    this.nanoTime = nanoTime;
    this.limit = max;
    this.permits = new Permits(max);
    this.lastCutNanos = nanoTime.getAsLong() - 1;
  }

  /** The most calls that may be in flight at present. */
  int limit() {
    return limit;
  }

  /**
   * Waits for a place among the calls in flight, and takes it.
   *
   * @return the time at which the call begins, to be handed to {@link #onRateLimited}
   */
  long enter() throws InterruptedException {
    permits.acquire();
    return nanoTime.getAsLong();
  }

  /** Gives the place back. */
  void exit() {
    permits.release();
  }

  /** A call was answered. */
  void onSuccess() {
    if (limit == max) {
      return;
    }
    lock.lock();
    try {
      int current = limit;
      boolean holdsBack = permits.availablePermits() <= current / 2;
      if (current < max && holdsBack && ++successes >= current) {
        successes = 0;
        limit = current + 1;
        permits.release();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A call was refused because there were too many. */
  void onRateLimited(long startNanos) {
    lock.lock();
    try {
      if (startNanos - lastCutNanos > 0) {
        int smaller = Math.max(1, (int) (limit * CUT));
        permits.reducePermits(limit - smaller);
        limit = smaller;
        successes = 0;
        lastCutNanos = nanoTime.getAsLong();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A fair semaphore whose permits may become fewer, for a while even less than none. */
  private static final class Permits extends Semaphore {
    private static final long serialVersionUID = 1L;

    Permits(int permits) {
      super(permits, true);
    }

    @Override
    protected void reducePermits(int reduction) {
      super.reducePermits(reduction);
    }
  }
}
