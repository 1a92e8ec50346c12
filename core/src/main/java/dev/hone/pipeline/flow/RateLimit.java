package dev.hone.pipeline.flow;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many requests and tokens a minute may have. Calls are let through one after the other, each
 * at the time that is reserved for it, so in the order in which they come.
 *
 * <p>Structure: two buckets that fill evenly and hold a second's worth, at least one request, when
 * they are full (the generic cell rate algorithm); they fill a little slower than the limit, so
 * that no window of a minute has more than it. Tokens are not known before the reply: an estimate
 * is taken, and put right after. A request that is larger than the bucket passes when that is full.
 *
 * <p>Complexity: O(1) per call. Thread-safe.
 */
public final class RateLimit {
  private static final double MINUTE_NANOS = 60e9;
  private static final int MOST_UNUSED = 10_000;

  private final FlowTime time;
  private final @Nullable Bucket requests;
  private final @Nullable Bucket tokens;

  /** Of turns that are not used, and have used ones behind them, the estimate by number. */
  private final Map<Long, Long> unused = new HashMap<>();

  private long lastNumber;

  /**
   * When a call may be made.
   *
   * @param waitNanos in so many nanoseconds
   * @param number the number of turns that were given, this one included
   * @param estimatedTokens what it may cost
   */
  public record Turn(long waitNanos, long number, long estimatedTokens) {}

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

    /** How long it is until this number of units is there. */
    double waitFor(double units, long now) {
      double missing = Math.max(0, fullAtNanos - now) / nanosPerUnit;
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

  /**
   * Reserves a place for a call, if it is due within a time.
   *
   * @param estimatedTokens what it may cost
   * @param mostNanos the longest wait
   * @return when it may be made; null if that is too late, and then nothing is reserved
   */
  public synchronized @Nullable Turn reserve(long estimatedTokens, long mostNanos) {
    long now = time.nanoTime();
    double wait = 0;
    if (requests != null) {
      wait = requests.waitFor(1, now);
    }
    if (tokens != null) {
      wait = Math.max(wait, tokens.waitFor(estimatedTokens, now));
    }
    long nanos = (long) Math.ceil(wait);
    if (nanos > mostNanos) {
      return null;
    }
    if (nanos == 0 || unused.size() > MOST_UNUSED) {
      unused.clear(); // the time of most has passed
    }
    if (requests != null) {
      requests.take(1, now);
    }
    if (tokens != null) {
      tokens.take(estimatedTokens, now);
    }
    return new Turn(nanos, ++lastNumber, estimatedTokens);
  }

  /**
   * Takes back the turn of a call that is not made. It is given to another once none of those
   * behind it is used, as these keep theirs.
   */
  public synchronized void giveBack(Turn turn) {
    unused.put(turn.number(), turn.estimatedTokens());
    for (Long estimate = unused.remove(lastNumber);
        estimate != null;
        estimate = unused.remove(lastNumber)) {
      lastNumber--;
      if (requests != null) {
        requests.giveBack(1);
      }
      if (tokens != null) {
        tokens.giveBack(estimate);
      }
    }
  }

  /** Puts an estimate right: what a call cost more than that, or less. */
  public synchronized void correct(long estimatedTokens, long tokensInFact) {
    if (tokens != null) {
      tokens.giveBack(estimatedTokens - tokensInFact);
    }
  }
}
