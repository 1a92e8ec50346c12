package dev.hone.work;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that are free to help with work, counted; each that helps takes one, and gives it
 * back. One that waits without working may be replaced by another, of a number of spare ones.
 * Thread-safe.
 */
public final class FreeThreads {
  private final AtomicInteger free;
  private final AtomicInteger spare;

  /**
   * Threads of which none helps.
   *
   * @param free how many there are
   * @param spare the most that work in place of others which wait
   */
  public FreeThreads(int free, int spare) {
    this.free = new AtomicInteger(free);
    this.spare = new AtomicInteger(spare);
  }

  /** How many are free; less than 0 while those that waited and those in their place both work. */
  public int count() {
    return free.get();
  }

  boolean tryTake() {
    return tryTake(free);
  }

  void giveBack(int threads) {
    free.addAndGet(threads);
  }

  /** Makes one more free, in place of one that waits; false if none is spare. */
  boolean trySpare() {
    boolean taken = tryTake(spare);
    if (taken) {
      free.incrementAndGet();
    }
    return taken;
  }

  /** One that waited works again. */
  void giveSpareBack() {
    free.decrementAndGet();
    spare.incrementAndGet();
  }

  /** Gives back one that is too many, as those that waited and those in their place both work. */
  boolean tryGiveBackOneTooMany() {
    return free.getAndUpdate(left -> left < 0 ? left + 1 : left) < 0;
  }

  private static boolean tryTake(AtomicInteger threads) {
    return threads.getAndUpdate(left -> left > 0 ? left - 1 : left) > 0;
  }
}
