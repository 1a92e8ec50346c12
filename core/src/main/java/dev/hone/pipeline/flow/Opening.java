package dev.hone.pipeline.flow;

import java.util.concurrent.atomic.AtomicLong;

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

  /** How long a step takes, and a thread waits before it looks again whether one is due. */
  static final long STEP_NANOS = 20_000_000;

  private static final long BUSY_STEP_NANOS = 80_000_000;
  private static final long FIRST_STEPS_NANOS = 250_000_000;
  private static final long FIRST_REPLY_NANOS = 1_000_000_000;

  /** The share of the processors' time that this process takes when it is busy. */
  private static final double BUSY = 0.5;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final FlowTime time;
  private final EndedAttempts attempts;
  private final boolean isFirst;
  private volatile boolean underWay;
  private long steppedNanos;
  private int refused;
  private volatile long lookedNanos;
  private volatile long lookedProcessorNanos;

  /** Since the last step: the time that passed between looks, and what processors worked in it. */
  private final AtomicLong elapsedNanos = new AtomicLong();

  private final AtomicLong processorNanos = new AtomicLong();

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

  /** Looks at what this process has taken of the processors since the last step. By one thread. */
  void look() {
    long now = time.nanoTime();
    long processor = time.processorNanos();
    if (lookedNanos != 0) {
      elapsedNanos.addAndGet(now - lookedNanos);
      processorNanos.addAndGet(processor - lookedProcessorNanos);
    }
    lookedNanos = now;
    lookedProcessorNanos = processor;
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

  /** How long a step takes at present. */
  private long stepNanos() {
    if (isFirst) {
      return attempts.areNone() ? FIRST_REPLY_NANOS : FIRST_STEPS_NANOS;
    }
    boolean busy = processorNanos.get() > BUSY * PROCESSORS * elapsedNanos.get();
    return busy ? BUSY_STEP_NANOS : STEP_NANOS;
  }

  /** A step was made. */
  void stepped() {
    steppedNanos = time.nanoTime();
    elapsedNanos.set(0);
    processorNanos.set(0);
  }

  /** The limit after a step. */
  static int larger(int limit) {
    return (int) Math.ceil(limit * FACTOR);
  }

  /**
   * A call that began in it was refused. Under the lock of the limit.
   *
   * @return how many were
   */
  int refused() {
    return ++refused;
  }
}
