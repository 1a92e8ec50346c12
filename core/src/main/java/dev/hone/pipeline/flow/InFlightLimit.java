package dev.hone.pipeline.flow;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may be in flight. It gives way to a provider that refuses a large share of the
 * calls, and not to one that refuses a stray one.
 *
 * <p>Structure: a fair semaphore, so first come, first served; its permits follow the limit. Calls
 * belong to the {@link Window} in which they began; a window ends when as many of its calls as the
 * limit was have ended, and 50.
 *
 * <ul>
 *   <li>Ramp: the limit begins at 16, and grows by half every 2 ms up to its upper bound or to the
 *       first refusals, which are quick. So a provider of a few places refuses a few calls, and not
 *       all that are waiting; one of a thousand places opens in 20 ms.
 *   <li>Cut: once more than a tenth of a window's calls, and three, are refused, the limit is cut
 *       to the share that was not refused, to a quarter at least; so a burst ends within one window
 *       at about what the provider takes, and one in twenty changes nothing. Calls in flight count
 *       as not refused: refusals are quick, and would else be most of what is known of a window.
 *   <li>Growth: a limit's worth of successes adds an eighth of it, at least 1, if the limit is what
 *       holds calls back. Each step is on trial for a window: if more than three of its calls, and
 *       more than twice the usual share, are refused, it is taken back, and its limit is the
 *       ceiling from then on. Towards a ceiling the limit grows by ones; the ceiling itself is
 *       tried again after 16 limits' worth of successes. So a full provider costs four refusals in
 *       a thousand calls.
 * </ul>
 *
 * <p>Complexity: O(1) per call; while the limit is at its upper bound, no call takes a lock but the
 * last one of a window.
 *
 * <p>Source: increase and decrease by the share of losses as in TCP's DCTCP (RFC 8257) rather than
 * by their mere presence (RFC 5681); the ceiling as in CUBIC (RFC 9438). Gradient limits such as
 * Vegas read a long answer as a queue, and so fit language models badly.
 */
public final class InFlightLimit {
  /** How many refusals of a window are strays, whatever their share. */
  private static final int STRAYS = 3;

  /** The share of refused calls up to which they are strays. */
  private static final double STRAY_SHARE = 0.1;

  private static final double DEEPEST_CUT = 0.25;
  private static final int SMALLEST_WINDOW = 50;
  private static final int GROWTH = 8;
  private static final int CEILING_PATIENCE = 16;
  private static final int RAMP_START = 16;
  private static final double RAMP_FACTOR = 1.5;
  private static final long RAMP_NANOS = 2_000_000;

  private final int max;
  private final FlowTime time;
  private final Permits permits;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int limit;
  private volatile Window window;
  private volatile boolean ramping;
  private int successes;
  private int ceiling = Integer.MAX_VALUE;
  private double usualShare;
  private long rampedNanos;

  /** Starts at the upper bound. */
  public InFlightLimit(int max) {
    this(max, max, FlowTime.SYSTEM);
  }

  /** Starts at 16, and grows to the upper bound in a few milliseconds if nothing is refused. */
  public static InFlightLimit ramping(int max, FlowTime time) {
    return new InFlightLimit(max, Math.min(max, RAMP_START), time);
  }

  private InFlightLimit(int max, int start, FlowTime time) {
    this.max = max;
    this.time = time;
    this.limit = start;
    this.permits = new Permits(start);
    this.window = new Window(start, start, false);
    this.ramping = start < max;
  }

  /** The calls that began under one limit, and what became of them. */
  public static final class Window {
    private final int limit;
    private final int before;
    private final boolean ramp;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private Window(int limit, int before, boolean ramp) {
      this.limit = limit;
      this.before = before;
      this.ramp = ramp;
    }

    private boolean isTrial() {
      return before < limit;
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

    private double refusedShare() {
      return (double) refused.get() / Math.max(1, ended.get());
    }
  }

  /** The most calls that may be in flight at present. */
  public int limit() {
    return limit;
  }

  /**
   * Waits for a place among the calls in flight, and takes it.
   *
   * @return the window that the call belongs to, for what becomes of it
   */
  public Window enter() throws InterruptedException {
    while (ramping) {
      ramp();
      if (permits.tryAcquire(RAMP_NANOS, TimeUnit.NANOSECONDS)) {
        return begin();
      }
    }
    permits.acquire();
    return begin();
  }

  /**
   * Waits for a place for a limited time.
   *
   * @return the window; null if there was no place in time
   */
  public @Nullable Window tryEnter(long nanos) throws InterruptedException {
    if (ramping) {
      ramp();
    }
    return permits.tryAcquire(nanos, TimeUnit.NANOSECONDS) ? begin() : null;
  }

  private Window begin() {
    Window current = window;
    current.begun.incrementAndGet();
    return current;
  }

  /** Gives the place back. */
  public void exit() {
    permits.release();
  }

  /** A call was answered. */
  public void onSuccess(Window began) {
    onFailure(began);
    if (limit != max) {
      grow();
    }
  }

  /** A call failed, not for there being too many. */
  public void onFailure(Window began) {
    if (began.end()) {
      renew(began);
    }
  }

  /** A call was refused because there were too many. */
  public void onRateLimited(Window began) {
    began.refused.incrementAndGet();
    if (began.isTrial() || ramping || began.served() < limit) {
      cut(began);
    }
    onFailure(began);
  }

  private void ramp() {
    lock.lock();
    try {
      long now = time.nanoTime();
      if (rampedNanos == 0) {
        rampedNanos = now;
      }
      while (ramping && now - rampedNanos >= RAMP_NANOS) {
        rampedNanos += RAMP_NANOS;
        grow(Math.min(max, (int) Math.ceil(limit * RAMP_FACTOR)));
        ramping = limit < max;
      }
    } finally {
      lock.unlock();
    }
  }

  private void cut(Window began) {
    lock.lock();
    try {
      ramping = false;
      boolean tells = began == window || began.ramp && began.limit <= limit;
      if (tells && began.isTrial() && isTooMuch(began)) {
        ceiling = began.limit;
        shrink(began.before);
      } else if (began == window) {
        if (began.served() < limit) {
          shrink(began.served());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a trial has shown that the step before was enough. */
  private boolean isTooMuch(Window trial) {
    return trial.refused.get() > STRAYS + 2 * usualShare * trial.begun.get();
  }

  private void shrink(int smaller) {
    if (smaller < limit) {
      permits.reducePermits(limit - smaller);
      limit = smaller;
      successes = 0;
    }
  }

  private void renew(Window ended) {
    lock.lock();
    try {
      if (ended == window) {
        if (ended.limit == limit) {
          usualShare += (ended.refusedShare() - usualShare) / 4;
          ceiling = limit >= ceiling ? Integer.MAX_VALUE : ceiling;
        }
        window = new Window(limit, limit, false);
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
      if (current < max && holdsBack && ++successes >= patience(current)) {
        successes = 0;
        ceiling = current >= ceiling ? Integer.MAX_VALUE : ceiling;
        int step = Math.max(1, current / GROWTH);
        grow(Math.min(max, current + (current + step < ceiling ? step : 1)));
      }
    } finally {
      lock.unlock();
    }
  }

  private int patience(int current) {
    return current + 1 < ceiling ? current : current * CEILING_PATIENCE;
  }

  private void grow(int larger) {
    int before = limit;
    limit = larger;
    window = new Window(larger, before, ramping);
    permits.release(larger - before);
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
