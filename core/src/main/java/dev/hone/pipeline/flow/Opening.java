package dev.hone.pipeline.flow;

/**
 * The time in which a limit opens, to its upper bound or to the first refusal: when the next step
 * is due, while calls wait for it, and what became of the calls that began in it.
 *
 * <p>A step must not come before the refusals of the step before it, or a provider of a few places
 * refuses all that are waiting. A step takes 20 ms, and 80 ms while this process keeps its
 * processors busy, since what was let in is then still being sent. Where it begins before many
 * attempts have ended in this process, so that its code is not compiled, a step takes 250 ms: the
 * first of these after one has ended, or a second.
 *
 * <p>Used under the lock of the limit, but for {@link #isUnderWay}.
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
  private int refused;
  private long steppedNanos;

  /** When the processors were looked at last, and what they had worked for this process. */
  private long lookedNanos;

  private long lookedProcessorNanos;

  /** The same as it was at the last look before the last step. */
  private long sinceNanos;

  private long sinceProcessorNanos;

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

  /** Calls begin to wait: what was before says nothing of them. */
  void begin(long processorNanos) {
    look(processorNanos);
    stepped();
  }

  private void look(long processorNanos) {
    lookedNanos = time.nanoTime();
    lookedProcessorNanos = processorNanos;
  }

  /**
   * Whether the next step is due; then it is taken to be made.
   *
   * @param processorNanos what processors have worked for this process
   */
  boolean isStepDue(long processorNanos) {
    look(processorNanos);
    boolean due = underWay && lookedNanos - steppedNanos >= stepNanos();
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
    double possible = (double) PROCESSORS * (lookedNanos - sinceNanos);
    boolean busy = lookedProcessorNanos - sinceProcessorNanos > BUSY * possible;
    return busy ? BUSY_STEP_NANOS : STEP_NANOS;
  }

  /** A step was made. */
  void stepped() {
    steppedNanos = time.nanoTime();
    sinceNanos = lookedNanos;
    sinceProcessorNanos = lookedProcessorNanos;
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
    return ++refused;
  }
}
