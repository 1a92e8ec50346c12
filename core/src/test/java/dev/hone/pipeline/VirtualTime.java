package dev.hone.pipeline;

import dev.hone.pipeline.flow.FlowTime;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that passes only when all threads wait: it then jumps to the moment that the first of them
 * waits for. Knows the test's thread, and those that it is asked to run something on.
 */
final class VirtualTime implements FlowTime {
  private static final long START = 1_000_000_000L;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Set<Waiter> waiters = new LinkedHashSet<>();
  private int threads = 1;
  private long now = START;

  /** A thread that waits; each is another one, whatever it waits for. */
  private static final class Waiter {
    private final CountDownLatch latch;
    private final long until;

    Waiter(CountDownLatch latch, long until) {
      this.latch = latch;
      this.until = until;
    }
  }

  @Override
  public long nanoTime() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  /** Milliseconds since the test began. */
  long millis() {
    return (nanoTime() - START) / 1_000_000;
  }

  @Override
  public void execute(Runnable code) {
    change(1);
    FlowTime.SYSTEM.execute(
        () -> {
          try {
            code.run();
          } finally {
            change(-1);
          }
        });
  }

  private void change(int by) {
    lock.lock();
    try {
      threads += by;
      advance();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    await(new CountDownLatch(1), nanos);
  }

  @Override
  public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    Waiter waiter = new Waiter(latch, nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos);
    waiters.add(waiter);
    try {
      advance();
      while (now < waiter.until && latch.getCount() > 0) {
        // Whoever opens the latch knows nothing of this clock: look now and then.
        moved.await(1, TimeUnit.MILLISECONDS);
      }
      return latch.getCount() == 0;
    } finally {
      waiters.remove(waiter);
      lock.unlock();
    }
  }

  /** Unless one of them only has to be woken. */
  private void advance() {
    boolean allWait =
        waiters.size() >= threads
            && waiters.stream().allMatch(one -> one.until > now && one.latch.getCount() > 0);
    Optional<Waiter> first = waiters.stream().min(Comparator.comparingLong(one -> one.until));
    if (allWait && first.isPresent()) {
      now = first.get().until;
      moved.signalAll();
    }
  }
}
