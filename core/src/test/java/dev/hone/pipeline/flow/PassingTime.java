package dev.hone.pipeline.flow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only while somebody waits for it, and then at once. */
public class PassingTime implements FlowTime {
  private final AtomicLong now = new AtomicLong(1);

  /** Lets a time pass that nobody waits for. */
  public void pass(Duration duration) {
    now.addAndGet(duration.toNanos());
  }

  @Override
  public long nanoTime() {
    return now.get();
  }

  @Override
  public void sleep(long nanos) {
    now.addAndGet(nanos);
  }

  @Override
  public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
    sleep(nanos);
    return latch.getCount() == 0;
  }

  @Override
  public void execute(Runnable code) {
    throw new UnsupportedOperationException();
  }
}
