package dev.hone.pipeline.flow;

import java.util.concurrent.CountDownLatch;

/** Time that only a test moves, on its one thread. */
final class SetTime implements FlowTime {
  long now = 1;
  long processor;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public long processorNanos() {
    return processor;
  }

  @Override
  public void sleep(long nanos) {
    now += nanos;
  }

  @Override
  public boolean await(CountDownLatch latch, long nanos) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable code) {
    throw new UnsupportedOperationException();
  }
}
