package dev.hone.pipeline;

import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Keeps replies, so that nothing is paid for twice. Only answers are put in: never failures, nor
 * replies that were cut off, filtered or empty, or that their reader could not read.
 * Implementations are thread-safe. One that cannot read or write throws; the pipeline then logs it
 * and goes on as if the reply were unknown, so that a broken cache costs money but loses no reply.
 *
 * <p>A key is 64 hexadecimal digits: the SHA-256 of the model (its id, and of one that tells its
 * {@linkplain dev.hone.lm.LanguageModel#identity() identity} also its address and a keyed hash of
 * its credential), the messages, the options with the rollout id, the format, the tools and the
 * cache scope. Replies of one scope, such as a tenant, are never found under another.
 */
public interface LmCache {
  /** The reply that was put in under a key, if it is still there. */
  Optional<LmResponse> get(String key);

  /** Keeps a reply under a key, in place of another one. */
  void put(String key, LmResponse response);

  /**
   * Asks, after a miss, for the right to pay for a key's reply, and waits while somebody else has
   * it; the pipeline then looks once more whether the reply is there. It asks once for all calls of
   * a process that are under way at once, so only a cache that several processes share has to do
   * anything here. Whoever has the right and dies must not keep others waiting for ever.
   *
   * <p>Default: gives it at once, to everybody.
   *
   * @return the right, which the pipeline gives back after {@link #put}, or after a failure
   * @throws LmException.Interrupted if the thread is interrupted while it waits
   */
  default Lease lease(String key) {
    return () -> {};
  }

  /**
   * The secret under which keys hold credentials, see {@link
   * dev.hone.lm.ModelIdentity#credentialHash}; asked for once a pipeline. One that keeps replies on
   * disk keeps it as long as them.
   *
   * <p>Default: a constant, so that keys are the same in every process.
   */
  default byte[] credentialKey() {
    return "hone-lm-key".getBytes(StandardCharsets.US_ASCII);
  }

  /** The right to pay for a reply, which others may wait for. */
  @FunctionalInterface
  interface Lease extends AutoCloseable {
    /** Gives the right back. */
    @Override
    void close();
  }

  /**
   * A cache in memory for the 50,000 replies that are used most; for fewer where the largest heap
   * of this process is less than 800 MB, so that they take about an eighth of it.
   */
  static LmCache memory() {
    return memory(MemoryLmCache.entriesFor(Runtime.getRuntime().maxMemory()));
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
