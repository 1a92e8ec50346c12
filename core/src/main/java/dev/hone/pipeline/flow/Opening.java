package dev.hone.pipeline.flow;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time in which a limit opens, from its first calls to its upper bound or to the first refusal:
 * when the next step is due, and what became of the calls that began in it.
 *
 * <p>A step must not come before the refusals of the step before it, or a provider of a few places
 * refuses all that are waiting. A step takes 4 ms, and four times as long as threads of this
 * process wake up late, so that a machine that is busy opens more slowly. Where it begins before
 * many attempts have ended in this process, so that its code is not compiled, a step takes 250 ms:
 * the first of these after one has ended, or a second.
 *
 * <p>Thread-safe.
 */
final class Opening {
  /** How many calls may be in flight as it begins. */
  static final int START = 24;

  private static final double FACTOR = 1.5;
  private static final long STEP_NANOS = 4_000_000;
  private static final long FIRST_STEPS_NANOS = 250_000_000;
  private static final long FIRST_REPLY_NANOS = 1_000_000_000;
  private static final long LONGEST_POLL_NANOS = 100_000_000;
  private static final int LATENESS = 4;

  private final FlowTime time;
  private final EndedAttempts attempts;
  private final AtomicInteger refused = new AtomicInteger();
  private final boolean isFirst;
  private volatile boolean underWay;
  private final AtomicLong lateNanos = new AtomicLong();
  private long steppedNanos;

  Opening(FlowTime time, EndedAttempts attempts, boolean underWay) {
    this.time = time;
    this.attempts = attempts;
    this.isFirst = attempts.areFew();
    this.underWay = underWay;
  }

  boolean isUnderWay() {
    return underWay;
  }

  void end() {
    underWay = false;
  }

  /** How long a step takes at present. */
  long stepNanos() {
    if (isFirst) {
      return attempts.areNone() ? FIRST_REPLY_NANOS : FIRST_STEPS_NANOS;
    }
    return STEP_NANOS + LATENESS * lateNanos.get();
  }

  /** How long a thread waits before it looks again whether a step is due. */
  long pollNanos() {
    return Math.min(stepNanos(), LONGEST_POLL_NANOS);
  }

  /** Whether the next step is due; then it is taken to be made. Under the lock of the limit. */
  boolean isStepDue() {
    long now = time.nanoTime();
    if (steppedNanos == 0) {
      steppedNanos = now;
    }
    boolean due = underWay && now - steppedNanos >= stepNanos();
    if (due) {
      stepped();
    }
    return due;
  }

  /** A step was made. */
  void stepped() {
    steppedNanos = time.nanoTime();
    lateNanos.updateAndGet(nanos -> nanos / 2);
  }

  /** A thread that waited woke up by this time too late. */
  void woke(long tooLateNanos) {
    lateNanos.accumulateAndGet(tooLateNanos, Math::max);
  }

  /** The limit after a step. */
  static int larger(int limit) {
    return (int) Math.ceil(limit * FACTOR);
  }

  /**
   * A call that began in it was refused.
   *
   * @return how many were
   */
  int refused() {
    return refused.incrementAndGet();
  }
}
