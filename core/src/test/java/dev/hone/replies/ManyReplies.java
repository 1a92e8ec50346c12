package dev.hone.replies;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Runs numbered pieces of work on all processors, and tells which does not end. */
final class ManyReplies {
  /** A reply of a few kilobytes takes well below a millisecond; machines that are busy, more. */
  private static final long LIMIT_NANOS = 10_000_000_000L;

  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final AtomicReferenceArray<Long> starts = new AtomicReferenceArray<>(THREADS);
  private final AtomicReferenceArray<Integer> pieces = new AtomicReferenceArray<>(THREADS);

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private ManyReplies() {}

  /**
   * Does the work for 0 to a number, exclusive.
   *
   * @return the piece of work that did not end in ten seconds; null if all ended
   */
  static @Nullable Integer each(int count, IntConsumer work) {
    return new ManyReplies().run(count, work);
  }

  private @Nullable Integer run(int count, IntConsumer work) {
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int index = i;
      Thread thread = new Thread(() -> drain(index, next, count, work), "replies-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        while (thread.isAlive()) {
          thread.join(200);
          Integer late = late();
          if (late != null) {
            return late;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (failure.get() != null) {
      throw new AssertionError("the work itself failed", failure.get());
    }
    return null;
  }

  private void drain(int index, AtomicInteger next, int count, IntConsumer work) {
    for (int piece = next.getAndIncrement(); piece < count; piece = next.getAndIncrement()) {
      pieces.set(index, piece);
      starts.set(index, System.nanoTime());
      try {
        work.accept(piece);
      } catch (Throwable e) {
        failure.compareAndSet(null, e);
        return;
      }
      starts.set(index, null);
    }
  }

  private @Nullable Integer late() {
    for (int i = 0; i < THREADS; i++) {
      Long start = starts.get(i);
      if (start != null && System.nanoTime() - start > LIMIT_NANOS) {
        return pieces.get(i);
      }
    }
    return null;
  }
}
