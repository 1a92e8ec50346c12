package dev.hone.pipeline.flow;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many requests and tokens a minute may have. Calls stand in a line, of which only the first
 * waits for its time, so they go in the order in which they come. None has a time before it is the
 * first: one that gives up leaves no hole, and one that is long in coming uses no time that has
 * passed.
 *
 * <p>Structure: two buckets that fill evenly and hold a second's worth, at least one request, when
 * they are full (the generic cell rate algorithm); they fill a little slower than the limit, so
 * that no window of a minute has more than it. Tokens are not known before the reply: an estimate
 * is taken, and put right after, at which the first of the line looks again. A request that is
 * larger than the bucket passes when that is full.
 *
 * <p>Complexity: O(1) per call. Thread-safe.
 */
public final class RateLimit {
  private static final double MINUTE_NANOS = 60e9;

  private final FlowTime time;
  private final @Nullable Bucket requests;
  private final @Nullable Bucket tokens;
  private final Semaphore first = new Semaphore(1, true);
  private volatile CountDownLatch corrected = new CountDownLatch(1);
  private long waitingRequests;
  private long waitingTokens;

  /**
   * A limit that is fully available.
   *
   * @param requestsPerMinute 0 for no limit
   * @param tokensPerMinute 0 for no limit
   */
  public RateLimit(FlowTime time, long requestsPerMinute, long tokensPerMinute) {
    this.time = time;
    long now = time.nanoTime();
    this.requests = requestsPerMinute == 0 ? null : new Bucket(requestsPerMinute, now);
    this.tokens = tokensPerMinute == 0 ? null : new Bucket(tokensPerMinute, now);
  }

  /** What is available, as the time at which the bucket would be full. */
  private static final class Bucket {
    private final double nanosPerUnit;
    private final double capacity;
    private double fullAtNanos;

    Bucket(long perMinute, long now) {
      capacity = Math.min(perMinute, Math.max(1, perMinute / 60.0));
      nanosPerUnit = perMinute > capacity ? MINUTE_NANOS / (perMinute - capacity) : MINUTE_NANOS;
      fullAtNanos = now;
    }

    /** How long it is until this number of units is there, after those that are taken before. */
    double waitFor(double before, double units, long now) {
      double missing = Math.max(0, fullAtNanos - now) / nanosPerUnit + before;
      double wanted = Math.min(units, capacity);
      return Math.max(0, missing + wanted - capacity) * nanosPerUnit;
    }

    void take(double units, long now) {
      fullAtNanos = Math.max(fullAtNanos, now) + units * nanosPerUnit;
    }

    void giveBack(double units) {
      fullAtNanos -= units * nanosPerUnit;
    }
  }

  private synchronized long waitNanos(
      long requestsBefore, long tokensBefore, long estimatedTokens) {
    long now = time.nanoTime();
    double wait = 0;
    if (requests != null) {
      wait = requests.waitFor(requestsBefore, 1, now);
    }
    if (tokens != null) {
      wait = Math.max(wait, tokens.waitFor(tokensBefore, estimatedTokens, now));
    }
    return (long) Math.ceil(wait);
  }

  /** Whether a call that came now could be made within a time, by what is known. */
  public synchronized boolean isDueWithin(long estimatedTokens, long nanos) {
    return waitNanos(waitingRequests, waitingTokens, estimatedTokens) <= nanos;
  }

  /**
   * Takes what a call may cost, if it may be made at once.
   *
   * @return whether it may
   */
  public synchronized boolean tryTake(long estimatedTokens) {
    boolean due = isDueWithin(estimatedTokens, 0);
    if (due) {
      takeNow(estimatedTokens);
    }
    return due;
  }

  private synchronized void takeNow(long estimatedTokens) {
    long now = time.nanoTime();
    if (requests != null) {
      requests.take(1, now);
    }
    if (tokens != null) {
      tokens.take(estimatedTokens, now);
    }
  }

  /**
   * Stands in line until a call is the first. It then leaves the line by {@link #leave}, once.
   *
   * @param estimatedTokens what it may cost
   * @return whether it became the first before the deadline; if not, it has left the line
   */
  public boolean becomeFirst(long estimatedTokens, Deadline deadline) throws InterruptedException {
    count(1, estimatedTokens);
    boolean isFirst = false;
    try {
      isFirst = awaitOthers(deadline);
      return isFirst;
    } finally {
      if (!isFirst) {
        count(-1, -estimatedTokens);
      }
    }
  }

  private boolean awaitOthers(Deadline deadline) throws InterruptedException {
    if (deadline.isNever()) {
      first.acquire();
      return true;
    }
    return first.tryAcquire(Math.max(0, deadline.leftNanos()), TimeUnit.NANOSECONDS);
  }

  private synchronized void count(long moreRequests, long moreTokens) {
    waitingRequests += moreRequests;
    waitingTokens += moreTokens;
  }

  /**
   * Waits until the first call of the line may be made, and takes what it may cost.
   *
   * @return whether that is before the deadline; if not, nothing is taken
   */
  public boolean take(long estimatedTokens, Deadline deadline) throws InterruptedException {
    while (true) {
      CountDownLatch news = new CountDownLatch(1);
      corrected = news;
      long nanos = takeIfDue(estimatedTokens);
      if (nanos == 0) {
        return true;
      }
      if (nanos > deadline.leftNanos()) {
        return false;
      }
      var unused = time.await(news, nanos);
    }
  }

  /** In how many nanoseconds the first call may be made; 0 if now, and then it is taken. */
  private synchronized long takeIfDue(long estimatedTokens) {
    long nanos = waitNanos(0, 0, estimatedTokens);
    if (nanos == 0) {
      takeNow(estimatedTokens);
    }
    return nanos;
  }

  /** The first call leaves the line, made or not. */
  public void leave(long estimatedTokens) {
    count(-1, -estimatedTokens);
    first.release();
  }

  /** Puts an estimate right: what a call cost more than that, or less. */
  public synchronized void correct(long estimatedTokens, long tokensInFact) {
    if (tokens != null) {
      tokens.giveBack(estimatedTokens - tokensInFact);
      corrected.countDown();
    }
  }
}
