package dev.hone.pipeline.flow;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time in which a limit opens, from its first calls to its upper bound or to the first refusal:
 * when the next step is due, and what became of the calls that began in it.
 *
 * <p>A step must not come before the refusals of the step before it, or a provider of a few places
 * refuses all that are waiting. A step takes 20 ms, and 80 ms while this process keeps its
 * processors busy, since what was let in is then still being sent. Where it begins before many
 * attempts have ended in this process, so that its code is not compiled, a step takes 250 ms: the
 * first of these after one has ended, or a second.
 *
 * <p>Thread-safe.
 */
final class Opening {
  /** How many calls may be in flight as it begins. */
  static final int START = 32;

  private static final double FACTOR = 1.5;
  private static final long STEP_NANOS = 20_000_000;
  private static final long BUSY_STEP_NANOS = 80_000_000;
  private static final long FIRST_STEPS_NANOS = 250_000_000;
  private static final long FIRST_REPLY_NANOS = 1_000_000_000;

  /** The share of the processors' time that this process takes when it is busy. */
  private static final double BUSY = 0.5;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final FlowTime time;
  private final EndedAttempts attempts;
  private final AtomicInteger refused = new AtomicInteger();
  private final boolean isFirst;
  private volatile boolean underWay;
  private long steppedNanos;
  private long lookedNanos;
  private long lookedProcessorNanos;
  private boolean busy;

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

  /** How long a thread waits before it looks again whether a step is due. */
  long pollNanos() {
    return STEP_NANOS;
  }

  /** Whether the next step is due; then it is taken to be made. Under the lock of the limit. */
  boolean isStepDue() {
    long now = time.nanoTime();
    if (steppedNanos == 0) {
      steppedNanos = now;
      look(now);
    }
    if (!underWay || now - steppedNanos < STEP_NANOS) {
      return false;
    }
    if (now - lookedNanos >= STEP_NANOS) {
      look(now);
    }
    boolean due = now - steppedNanos >= stepNanos();
    if (due) {
      stepped();
    }
    return due;
  }

  /** How long a step takes at present. */
  private long stepNanos() {
    if (isFirst) {
      return attempts.areNone() ? FIRST_REPLY_NANOS : FIRST_STEPS_NANOS;
    }
    return busy ? BUSY_STEP_NANOS : STEP_NANOS;
  }

  /** Looks at what this process took of the processors since the last time. */
  private void look(long now) {
    long processorNanos = time.processorNanos();
    busy = processorNanos - lookedProcessorNanos > BUSY * PROCESSORS * (now - lookedNanos);
    lookedNanos = now;
    lookedProcessorNanos = processorNanos;
  }

  /** A step was made. */
  void stepped() {
    steppedNanos = time.nanoTime();
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
