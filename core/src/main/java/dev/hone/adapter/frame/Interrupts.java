package dev.hone.adapter.frame;

import dev.hone.lm.LmException;

/** Ends the reading of a long reply when its thread is interrupted. */
public final class Interrupts {
  private static final int EVERY = 1024;

  private Interrupts() {}

  /** Looks at the thread's interrupt flag, which stays set, at every 1024th step of a loop. */
  static void check(int step) {
    if (step % EVERY == 0) {
      check();
    }
  }

  /**
   * Looks at the thread's interrupt flag, which stays set.
   *
   * @throws LmException.Interrupted if it is set
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new LmException.Interrupted("The reading of a reply was interrupted", null);
    }
  }
}
