package dev.hone.pipeline.flow;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A fair semaphore whose permits may become fewer, for a while even less than none. */
final class Permits extends Semaphore {
  private static final long serialVersionUID = 1L;

  Permits(int permits) {
    super(permits, true);
  }

  /** Takes one if there is one, and no thread that came earlier waits for it. */
  boolean tryAcquireNow() throws InterruptedException {
    return tryAcquire(0, TimeUnit.NANOSECONDS);
  }

  @Override
  protected void reducePermits(int reduction) {
    super.reducePermits(reduction);
  }
}
