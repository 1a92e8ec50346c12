package dev.hone.pipeline.flow;

import dev.hone.work.WorkerThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time that a pipeline goes by, the ways to let it pass, and its threads. Thread-safe. */
public interface FlowTime {
  /** The time of this process. */
  FlowTime SYSTEM =
      new FlowTime() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public long processorNanos() {
          try {
            return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
          } catch (RuntimeException e) {
            return 0; // not known on this system, or not to be known
          }
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }

        @Override
        public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
          return latch.await(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void execute(Runnable code) {
          WorkerThreads.execute(code);
        }
      };

  /** Nanoseconds since some time. */
  long nanoTime();

  /**
   * Nanoseconds that processors have worked for this process, in steps of some milliseconds; 0
   * where that is not known. May take long where names of users are looked up over a network.
   */
  default long processorNanos() {
    return 0;
  }

  /** Lets a time pass. */
  void sleep(long nanos) throws InterruptedException;

  /**
   * Waits until a latch is open, or a time has passed.
   *
   * @return whether it is open
   */
  boolean await(CountDownLatch latch, long nanos) throws InterruptedException;

  /**
   * Runs code on a thread of its own, at once.
   *
   * @throws java.util.concurrent.RejectedExecutionException if there are too many
   */
  void execute(Runnable code);
}
