package dev.hone.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.lm.LmResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The layer in memory: the replies that are used most, up to a number of bytes of the file, and
 * when those were used whose use the file does not know of yet, to the minute. Thread-safe.
 */
final class RecentReplies {
  /** The resolution of the time of the last use. */
  static final long USE_MILLIS = 60_000;

  /** What an entry costs beside its text. */
  private static final int ENTRY_BYTES = 500;

  private final Cache<String, Entry> replies;
  private final Map<String, Long> used = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();

  RecentReplies(long maxBytes) {
    replies =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((String key, Entry entry) -> entry.bytes + ENTRY_BYTES)
            .executor(Runnable::run)
            .build();
  }

  private static final class Entry {
    private final LmResponse reply;
    private final int bytes;
    private final long createdAt;
    private volatile long usedAt;

    private Entry(LmResponse reply, int bytes, long createdAt, long usedAt) {
      this.reply = reply;
      this.bytes = bytes;
      this.createdAt = createdAt;
      this.usedAt = usedAt;
    }
  }

  Optional<LmResponse> get(String key, long createdFrom, long now) {
    Entry entry = replies.getIfPresent(key);
    if (entry == null || entry.createdAt < createdFrom) {
      return Optional.empty();
    }
    if (now - entry.usedAt >= USE_MILLIS) {
      entry.usedAt = now;
      used.put(key, now);
    }
    return Optional.of(entry.reply);
  }

  /** Takes a reply that was read from the file, and is used now. */
  void loaded(String key, LmResponse reply, ReplyStore.Stored stored, long now) {
    if (now - stored.usedAt() >= USE_MILLIS) {
      used.put(key, now);
    }
    add(key, new Entry(reply, stored.reply().length, stored.createdAt(), now));
  }

  /** Takes a reply that goes into the file, too. */
  void put(String key, LmResponse reply, int bytes, long now) {
    add(key, new Entry(reply, bytes, now, now));
  }

  /** Caffeine's writers would spin while another of them waits for a processor. */
  private void add(String key, Entry entry) {
    writing.lock();
    try {
      replies.put(key, entry);
    } finally {
      writing.unlock();
    }
  }

  /** How many replies were used of which the file does not know it yet. */
  int unnoted() {
    return used.size();
  }

  /** Takes the times of these uses, to be noted in the file. */
  Map<String, Long> takeUsed() {
    Map<String, Long> taken = Map.copyOf(used);
    taken.forEach(used::remove);
    return taken;
  }

  void clear() {
    replies.invalidateAll();
    used.clear();
  }
}
