package dev.hone.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.InvalidInputException;
import dev.hone.lm.LmResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded cache in memory; it tidies up on the calling thread, so that it needs none of its own.
 */
final class MemoryLmCache implements LmCache {
  private static final long MOST_ENTRIES = 50_000;

  /** Eight times what a reply of some hundred tokens takes. */
  private static final long HEAP_BYTES_PER_ENTRY = 16_384;

  private final Cache<String, LmResponse> replies;

  /** What was put in and is not yet among them, which count for no bound. */
  private final Map<String, LmResponse> coming = new ConcurrentHashMap<>();

  /** Its keys, as they came. */
  private final Queue<String> comingKeys = new ConcurrentLinkedQueue<>();

  private final ReentrantLock writing = new ReentrantLock();

  MemoryLmCache(long maxEntries) {
    if (maxEntries < 1) {
      throw InvalidInputException.of(
          "maxEntries (" + maxEntries + ") is less than 1", "leave the cache out by noCache()");
    }
    replies = Caffeine.newBuilder().maximumSize(maxEntries).executor(Runnable::run).build();
  }

  /** The most replies that are kept by default in a heap of this size. */
  static long entriesFor(long heapBytes) {
    return Math.max(1, Math.min(MOST_ENTRIES, heapBytes / HEAP_BYTES_PER_ENTRY));
  }

  @Override
  public Optional<LmResponse> get(String key) {
    LmResponse response = coming.get(key);
    return Optional.ofNullable(response == null ? replies.getIfPresent(key) : response);
  }

  /**
   * Caffeine's writers spin while one of them, perhaps without a processor, enlarges the write
   * buffer: with a thousand threads on two processors that took seconds. So one of them writes for
   * all, and nobody waits.
   */
  @Override
  public void put(String key, LmResponse response) {
    coming.put(key, response);
    comingKeys.add(key);
    while (!comingKeys.isEmpty() && writing.tryLock()) {
      try {
        for (String next = comingKeys.poll(); next != null; next = comingKeys.poll()) {
          write(next);
        }
      } finally {
        writing.unlock();
      }
    }
  }

  /** First there, then not here any more: so a reader that looks here first misses none. */
  private void write(String key) {
    LmResponse response = coming.get(key);
    if (response != null) {
      replies.put(key, response);
      coming.remove(key, response);
    }
  }

  /** How many replies were put in that count for no bound yet. */
  int unwritten() {
    return coming.size();
  }
}
