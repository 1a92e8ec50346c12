package dev.hone.pipeline.flow;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Looks after the steps of an opening while threads wait for a place: one thread for all of them,
 * since a thousand that each looked for themselves would keep the processors from the calls.
 * Thread-safe.
 */
final class OpeningThread {
  private final Opening opening;
  private final FlowTime time;
  private final LongConsumer begin;
  private final LongConsumer step;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean running = new AtomicBoolean();

  /**
   * A thread that has not begun.
   *
   * @param begin called as calls begin to wait, with what processors have worked for this process
   * @param step called while they do, with the same; makes a step of the opening if one is due
   */
  OpeningThread(Opening opening, FlowTime time, LongConsumer begin, LongConsumer step) {
    this.opening = opening;
    this.time = time;
    this.begin = begin;
    this.step = step;
  }

  /** A thread begins to wait for a place. */
  void waits() {
    waiting.incrementAndGet();
    beginIfNeeded();
  }

  /** A thread that waited has its place, or has given up. */
  void waitsNoLonger() {
    waiting.decrementAndGet();
  }

  private boolean isNeeded() {
    return waiting.get() > 0 && opening.isUnderWay();
  }

  private void beginIfNeeded() {
    if (isNeeded() && running.compareAndSet(false, true)) {
      boolean begun = false;
      try {
        time.execute(this::run);
        begun = true;
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // The machine has no more threads; the limit grows with what succeeds.
      } finally {
        if (!begun) {
          running.set(false);
        }
      }
    }
  }

  private void run() {
    try {
      begin.accept(time.processorNanos());
      while (isNeeded()) {
        time.sleep(Opening.STEP_NANOS);
        step.accept(time.processorNanos());
      }
    } catch (InterruptedException e) {
      return; // those who interrupt it end the process, or a test
    } finally {
      running.set(false);
    }
    beginIfNeeded();
  }
}
