package dev.hone.pipeline.flow;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many attempts at models of one class have ended in this process, up to the number from which
 * on its code is compiled. Before that even a refusal comes some hundred milliseconds late.
 * Thread-safe.
 */
public final class EndedAttempts {
  private static final int ENOUGH = 500;

  private static final ClassValue<EndedAttempts> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected EndedAttempts computeValue(Class<?> type) {
          return new EndedAttempts(0);
        }
      };

  private final AtomicInteger count;

  private EndedAttempts(int count) {
    this.count = new AtomicInteger(count);
  }

  /** The count of the models of a class. */
  public static EndedAttempts of(Class<?> model) {
    return BY_CLASS.get(model);
  }

  /** A count of its own that is at zero. */
  static EndedAttempts none() {
    return new EndedAttempts(0);
  }

  /** A count of its own that has reached its end. */
  static EndedAttempts enough() {
    return new EndedAttempts(ENOUGH);
  }

  /** One more has ended. */
  void add() {
    if (areFew()) {
      count.incrementAndGet();
    }
  }

  /** Whether the code has not even been loaded. */
  boolean areNone() {
    return count.get() == 0;
  }

  /** Whether the code is not compiled yet. */
  boolean areFew() {
    return count.get() < ENOUGH;
  }
}
