package dev.hone.pipeline.flow;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may be in flight. It gives way to a provider that refuses a large share of the
 * calls, and not to one that refuses a stray one.
 *
 * <p>Structure: a fair semaphore, so first come, first served; its permits follow the limit. Calls
 * belong to the {@link CallWindow} in which they began; a window ends when as many of its calls as
 * the limit was have ended, and 50.
 *
 * <ul>
 *   <li>Opening: the limit begins at 32, and grows by half at each step of the {@link Opening}
 *       while calls wait, and for a limit's worth of successes, up to its upper bound or to the
 *       first refusals. So a provider of a few places refuses a few calls, and not all that are
 *       waiting; one of a thousand places opens within a second. Once more than three of its calls
 *       are refused, the limit falls with each refusal to what else is in flight, and so to what
 *       the provider took; that is the ceiling if they are more than a tenth of it.
 *   <li>Cut: once more than a tenth of a window's calls, and three, are refused, the limit is cut
 *       to the share that was not refused, to a quarter at least; so a burst ends within one window
 *       at about what the provider takes, and one in twenty changes nothing. Calls in flight, those
 *       of earlier windows too, count as not refused: refusals are quick, and would else be most of
 *       what is known of a window.
 *   <li>Growth: a limit's worth of successes adds an eighth of it, at least 1, if the limit is what
 *       holds calls back; a half as long as there was no cut. Each step is on trial for a window:
 *       if more than three of its calls, and more than twice the usual share, are refused, it is
 *       taken back, and its limit is the ceiling from then on. Towards a ceiling the limit grows by
 *       ones; the ceiling itself is tried again after 16 limits' worth of successes. So a full
 *       provider costs four refusals in a thousand calls.
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
  private static final int GROWTH = 8;
  private static final int CEILING_PATIENCE = 16;

  /** The share of refusals that is taken for usual until it is known. */
  private static final double FIRST_USUAL_SHARE = 0.05;

  private final int max;
  private final EndedAttempts attempts;
  private final Opening opening;
  private final OpeningThread openingThread;
  private final Permits permits;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int limit;
  private volatile CallWindow window;
  private boolean wasCut;
  private int successes;
  private int ceiling = Integer.MAX_VALUE;
  private double usualShare = FIRST_USUAL_SHARE;

  /** Starts at the upper bound. */
  public InFlightLimit(int max) {
    this(max, max, FlowTime.SYSTEM, EndedAttempts.enough());
  }

  /**
   * Starts at 32, and opens to a bound of a thousand within a second if nothing is refused; within
   * a few seconds where few attempts have ended before.
   */
  public static InFlightLimit opening(int max, FlowTime time, EndedAttempts attempts) {
    return new InFlightLimit(max, Math.min(max, Opening.START), time, attempts);
  }

  private InFlightLimit(int max, int start, FlowTime time, EndedAttempts attempts) {
    this.max = max;
    this.attempts = attempts;
    this.opening = new Opening(time, attempts, start < max);
    this.openingThread = new OpeningThread(opening, time, this::beginToOpen, this::open);
    this.limit = start;
    this.permits = new Permits(start);
    this.window = new CallWindow(start, start, start < max, 0);
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
  public CallWindow enter() throws InterruptedException {
    if (!permits.tryAcquireNow()) {
      try {
        openingThread.waits();
        permits.acquire();
      } finally {
        openingThread.waitsNoLonger();
      }
    }
    return begin();
  }

  /**
   * Waits for a place for a limited time.
   *
   * @return the window; null if there was no place in time
   */
  public @Nullable CallWindow tryEnter(long nanos) throws InterruptedException {
    if (permits.tryAcquireNow()) {
      return begin();
    }
    if (nanos <= 0) {
      return null;
    }
    try {
      openingThread.waits();
      return permits.tryAcquire(nanos, TimeUnit.NANOSECONDS) ? begin() : null;
    } finally {
      openingThread.waitsNoLonger();
    }
  }

  private CallWindow begin() {
    CallWindow current = window;
    current.begun();
    return current;
  }

  /** Gives the place back. */
  public void exit() {
    permits.release();
  }

  /** A call was answered. */
  public void onSuccess(CallWindow began) {
    onFailure(began);
    if (limit != max) {
      grow();
    }
  }

  /** A call failed, not for there being too many. */
  public void onFailure(CallWindow began) {
    attempts.add();
    if (began.end()) {
      renew(began);
    }
  }

  /** A call was refused because there were too many. */
  public void onRateLimited(CallWindow began) {
    began.refused();
    if (began.isOfOpening()) {
      refusedInOpening();
    } else if (began.isTrial() || began.served() < limit) {
      cut(began);
    }
    onFailure(began);
  }

  private void beginToOpen(long processorNanos) {
    lock.lock();
    try {
      opening.begin(processorNanos);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the opening go on.
   *
   * @param processorNanos what processors have worked for this process
   */
  void open(long processorNanos) {
    lock.lock();
    try {
      if (opening.isStepDue(processorNanos)) {
        grow(Math.min(max, Opening.larger(limit)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void refusedInOpening() {
    lock.lock();
    try {
      if (!holdsBack()) {
        return; // so few calls in flight say nothing of how many may be
      }
      int refused = opening.refused();
      opening.end();
      if (refused > CallWindow.STRAYS) {
        shrink(Math.max(1, inFlight() - 1));
        wasCut = true;
        if (CallWindow.areMany(refused, limit)) {
          ceiling = limit + 1;
        }
      }
      window = new CallWindow(limit, limit, refused <= CallWindow.STRAYS, inFlight());
    } finally {
      lock.unlock();
    }
  }

  private void cut(CallWindow began) {
    lock.lock();
    try {
      if (began != window) {
        return;
      }
      if (began.isTrial() && began.isTooMuch(usualShare)) {
        ceiling = began.limit();
        shrink(began.before());
        wasCut = true;
      } else if (began.served() < limit) {
        shrink(began.served());
        wasCut = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean holdsBack() {
    return permits.availablePermits() <= limit / 2;
  }

  private int inFlight() {
    return limit - permits.availablePermits();
  }

  private void shrink(int smaller) {
    if (smaller < limit) {
      permits.reducePermits(limit - smaller);
      limit = smaller;
      successes = 0;
    }
  }

  private void renew(CallWindow ended) {
    lock.lock();
    try {
      if (ended == window) {
        if (ended.limit() == limit) {
          usualShare += (ended.refusedShare() - usualShare) / 4;
          ceiling = limit >= ceiling ? Integer.MAX_VALUE : ceiling;
        }
        window = new CallWindow(limit, limit, opening.isUnderWay(), inFlight());
      }
    } finally {
      lock.unlock();
    }
  }

  private void grow() {
    lock.lock();
    try {
      int current = limit;
      if (current < max && holdsBack() && ++successes >= patience(current)) {
        successes = 0;
        ceiling = current >= ceiling ? Integer.MAX_VALUE : ceiling;
        int step = wasCut ? Math.max(1, current / GROWTH) : Opening.larger(current) - current;
        opening.stepped();
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
    window =
        new CallWindow(larger, before, opening.isUnderWay(), before - permits.availablePermits());
    if (larger == max) {
      opening.end();
    }
    permits.release(larger - before);
  }
}
