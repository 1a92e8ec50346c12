package dev.hone.pipeline.flow;

import java.util.concurrent.atomic.AtomicInteger;

/** The calls that began under one limit, and what became of them. Thread-safe. */
public final class CallWindow {
  /** How many refusals of a window are strays, whatever their share. */
  static final int STRAYS = 3;

  /** The share of refused calls up to which they are strays. */
  private static final double STRAY_SHARE = 0.1;

  private static final double DEEPEST_CUT = 0.25;
  private static final int SMALLEST = 50;

  private final int limit;
  private final int before;
  private final boolean ofOpening;
  private final int inFlight;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * A window without calls.
   *
   * @param limit how many may be in flight in it
   * @param before how many might before it
   * @param ofOpening whether refusals in it count as those of the opening: while that goes on, and
   *     after its first refusal until the fourth
   * @param inFlight calls of earlier windows in flight, which count until as many have begun in it
   */
  CallWindow(int limit, int before, boolean ofOpening, int inFlight) {
    this.inFlight = inFlight;
    this.limit = limit;
    this.before = before;
    this.ofOpening = ofOpening;
  }

  int limit() {
    return limit;
  }

  int before() {
    return before;
  }

  boolean isOfOpening() {
    return ofOpening;
  }

  /** Whether it tries a larger limit than the one before. */
  boolean isTrial() {
    return before < limit;
  }

  void begun() {
    begun.incrementAndGet();
  }

  void refused() {
    refused.incrementAndGet();
  }

  /** Whether the last call that ended fills the window. */
  boolean end() {
    return ended.incrementAndGet() == Math.max(limit, SMALLEST);
  }

  /** Whether so many refusals are more than strays. */
  static boolean areMany(int refused, int calls) {
    return refused > STRAYS + STRAY_SHARE * calls;
  }

  private int calls() {
    return Math.max(1, Math.max(inFlight, begun.get()));
  }

  /** The limit that the refusals so far speak for. */
  int served() {
    int all = calls();
    double share = Math.min(1, (double) refused.get() / all);
    return areMany(refused.get(), all)
        ? Math.max(1, (int) (limit * Math.max(DEEPEST_CUT, 1 - share)))
        : limit;
  }

  /** Whether a trial has shown that the step before was enough. */
  boolean isTooMuch(double usualShare) {
    return refused.get() > STRAYS + 2 * usualShare * calls();
  }

  double refusedShare() {
    return (double) refused.get() / Math.max(1, ended.get());
  }
}
