package dev.hone.pipeline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls may be in flight. It gives way to a provider that refuses a large share of the
 * calls, and not to one that refuses a stray one.
 *
 * <p>Structure: a fair semaphore, so first come, first served; its permits follow the limit, which
 * starts at its upper bound. Calls belong to the {@link Window} in which they began. Once more than
 * a tenth of a window's calls, and three, are refused, the limit is cut to the share that was not
 * refused, to a quarter at least; so a burst ends within one window at about what the provider
 * takes, and one in twenty changes nothing. Calls in flight count as not refused: refusals are
 * quick, and would else be most of what is known of a window at its beginning. A window ends when
 * as many of its calls as the limit was have ended, and 50. A limit's worth of successes adds an
 * eighth of it, at least 1, if the limit is what holds calls back.
 *
 * <p>Complexity: O(1) per call; while the limit is at its upper bound, no call takes a lock but the
 * last one of a window.
 *
 * <p>Source: increase and decrease by the share of losses as in TCP's DCTCP (RFC 8257) rather than
 * by their mere presence (RFC 5681). Gradient limits such as Vegas read a long answer as a queue,
 * and so fit language models badly.
 */
final class InFlightLimit {
  /** How many refusals of a window are strays, whatever their share. */
  private static final int STRAYS = 3;

  /** The share of refused calls up to which they are strays. */
  private static final double STRAY_SHARE = 0.1;

  private static final double DEEPEST_CUT = 0.25;
  private static final int SMALLEST_WINDOW = 50;
  private static final int GROWTH = 8;

  private final int max;
  private final Permits permits;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int limit;
  private volatile Window window;
  private int successes;

  /** Starts at the upper bound. */
  InFlightLimit(int max) {
    this.max = max;
    this.limit = max;
    this.permits = new Permits(max);
    this.window = new Window(max);
  }

  /** The calls that began under one limit, and what became of them. */
  static final class Window {
    private final int limit;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private Window(int limit) {
      this.limit = limit;
    }

    /** Whether the last call that ended fills the window. */
    private boolean end() {
      return ended.incrementAndGet() >= Math.max(limit, SMALLEST_WINDOW);
    }

    /** The limit that the refusals so far speak for. */
    private int served() {
      int all = begun.get();
      double share = Math.min(1, (double) refused.get() / all);
      return refused.get() > STRAYS + STRAY_SHARE * all
          ? Math.max(1, (int) (limit * Math.max(DEEPEST_CUT, 1 - share)))
          : limit;
    }
  }

  /** The most calls that may be in flight at present. */
  int limit() {
    return limit;
  }

  /**
   * Waits for a place among the calls in flight, and takes it.
   *
   * @return the window that the call belongs to, for what becomes of it
   */
  Window enter() throws InterruptedException {
    permits.acquire();
    Window current = window;
    current.begun.incrementAndGet();
    return current;
  }

  /** Gives the place back. */
  void exit() {
    permits.release();
  }

  /** A call was answered. */
  void onSuccess(Window began) {
    onFailure(began);
    if (limit != max) {
      grow();
    }
  }

  /** A call failed, not for there being too many. */
  void onFailure(Window began) {
    if (began.end()) {
      renew(began);
    }
  }

  /** A call was refused because there were too many. */
  void onRateLimited(Window began) {
    began.refused.incrementAndGet();
    if (began.served() < limit) {
      cut(began);
    }
    onFailure(began);
  }

  private void cut(Window began) {
    lock.lock();
    try {
      int smaller = began.served();
      if (began == window && smaller < limit) {
        permits.reducePermits(limit - smaller);
        limit = smaller;
        successes = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  private void renew(Window ended) {
    lock.lock();
    try {
      if (ended == window) {
        window = new Window(limit);
      }
    } finally {
      lock.unlock();
    }
  }

  private void grow() {
    lock.lock();
    try {
      int current = limit;
      boolean holdsBack = permits.availablePermits() <= current / 2;
      if (current < max && holdsBack && ++successes >= current) {
        successes = 0;
        limit = Math.min(max, current + Math.max(1, current / GROWTH));
        permits.release(limit - current);
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
