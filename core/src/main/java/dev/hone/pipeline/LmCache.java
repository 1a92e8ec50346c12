package dev.hone.pipeline;

import dev.hone.lm.LmResponse;
import java.util.Optional;

/**
 * Keeps replies, so that nothing is paid for twice. Only answers are put in: never failures, nor
 * replies that were cut off, filtered or empty, or that their reader could not read.
 * Implementations are thread-safe. One that cannot read or write throws; the pipeline then logs it
 * and goes on as if the reply were unknown, so that a broken cache costs money but loses no reply.
 *
 * <p>A key is 64 hexadecimal digits: the SHA-256 of the model's id, the messages, the options with
 * the rollout id, the format and the cache scope. Replies of one scope, such as a tenant, are never
 * found under another.
 */
public interface LmCache {
  /** The reply that was put in under a key, if it is still there. */
  Optional<LmResponse> get(String key);

  /** Keeps a reply under a key, in place of another one. */
  void put(String key, LmResponse response);

  /** A cache in memory for the 50,000 replies that are used most. */
  static LmCache memory() {
    return memory(50_000);
  }

  /**
   * A cache in memory that keeps the replies that are used most.
   *
   * @param maxEntries the most replies it keeps, at least 1
   * @throws dev.hone.InvalidInputException if it is less than 1
   */
  static LmCache memory(long maxEntries) {
    return new MemoryLmCache(maxEntries);
  }
}
