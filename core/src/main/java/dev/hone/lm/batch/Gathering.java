package dev.hone.lm.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The calls that are gathered for the next batch, in the order in which they came, and when it is
 * to be handed in. Guarded by the lock of the book.
 */
final class Gathering {
  private final BatchApi.Limits limits;
  private final BatchTiming timing;
  private final Deque<WaitingCall> calls = new ArrayDeque<>();
  private long bytes;
  private long firstNanos;
  private long lastNanos;

  Gathering(BatchApi.Limits limits, BatchTiming timing) {
    this.limits = limits;
    this.timing = timing;
  }

  void add(WaitingCall call) {
    call.joins(null, 0);
    lastNanos = System.nanoTime();
    firstNanos = calls.isEmpty() ? lastNanos : firstNanos;
    calls.addLast(call);
    bytes += call.bytes();
  }

  void remove(WaitingCall call) {
    bytes -= calls.remove(call) ? call.bytes() : 0;
  }

  /** How long it is until they are to be handed in; {@link Long#MAX_VALUE} if there are none. */
  long nanosToHandIn(long now) {
    if (calls.isEmpty()) {
      return Long.MAX_VALUE;
    } else if (calls.size() >= limits.requests() || bytes >= limits.bytes()) {
      return 0;
    }
    return Math.min(
        lastNanos + timing.quiet().toNanos() - now,
        firstNanos + timing.longestGathering().toNanos() - now);
  }

  /** Takes those to hand in now as one batch, within the limits; may be none. */
  List<WaitingCall> due() {
    List<WaitingCall> due = new ArrayList<>();
    if (nanosToHandIn(System.nanoTime()) > 0) {
      return due;
    }
    long taken = 0;
    for (WaitingCall next = calls.peekFirst();
        next != null && due.size() < limits.requests() && fits(taken + next.bytes(), due);
        next = calls.peekFirst()) {
      taken += next.bytes();
      due.add(calls.removeFirst());
    }
    bytes -= taken;
    return due;
  }

  /** A request that is too large on its own is for the provider to refuse. */
  private boolean fits(long size, List<WaitingCall> due) {
    return due.isEmpty() || size <= limits.bytes();
  }

  /** Takes all of them. */
  List<WaitingCall> all() {
    List<WaitingCall> all = List.copyOf(calls);
    calls.clear();
    bytes = 0;
    return all;
  }
}
