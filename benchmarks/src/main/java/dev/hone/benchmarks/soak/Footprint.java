package dev.hone.benchmarks.soak;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a process holds: its threads, and its heap after a collection.
 *
 * @param threads how many there are, by name without numbers
 * @param heapMegabytes what is reachable
 */
record Footprint(Map<String, Long> threads, long heapMegabytes) {
  private static final int MORE_MEGABYTES = 16;

  /** What is held once idle threads have ended. */
  static Footprint after(Duration wait) throws InterruptedException {
    Thread.sleep(wait.toMillis());
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    Map<String, Long> threads =
        Thread.getAllStackTraces().keySet().stream()
            .collect(
                Collectors.groupingBy(
                    thread -> thread.getName().replaceAll("\\d+", "N"),
                    TreeMap::new,
                    Collectors.counting()));
    return new Footprint(threads, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  private long threadCount() {
    return threads.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether no more is held than before, up to 2 threads and 16 MB. */
  boolean isBackAt(Footprint before) {
    return threadCount() <= before.threadCount() + 2
        && heapMegabytes <= before.heapMegabytes() + MORE_MEGABYTES;
  }

  @Override
  public String toString() {
    return "%d threads %s, %d MB".formatted(threadCount(), threads, heapMegabytes);
  }
}
