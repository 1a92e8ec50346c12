package dev.hone.text;

import java.util.concurrent.CancellationException;

/** Ends the reading of a long text when its thread is interrupted. */
public final class Interrupts {
  private static final int EVERY = 1024;

  private Interrupts() {}

  /**
   * Looks at the thread's interrupt flag, which stays set, at every 1024th step of a loop.
   *
   * @throws CancellationException if it is set
   */
  public static void check(int step) {
    if (step % EVERY == 0) {
      check();
    }
  }

  /**
   * Looks at the thread's interrupt flag, which stays set.
   *
   * @throws CancellationException if it is set
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The reading of a text was interrupted");
    }
  }
}
