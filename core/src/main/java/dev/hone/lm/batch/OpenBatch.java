package dev.hone.lm.batch;

import dev.hone.lm.LmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch: the keys of its requests, who waits for which of them, and, once it has ended, its
 * replies. What is not final is guarded by the lock of the book, except for what only the loop
 * uses.
 */
final class OpenBatch {
  private final String mark;
  private final Instant since;
  private List<String> keys;
  private final boolean earlier;
  private final TreeMap<Integer, WaitingCall> waiting = new TreeMap<>();
  private @Nullable String id;
  private @Nullable Map<String, BatchedReply> results;
  private BatchedReply missing = BatchedReply.failed(gone());

  /** For the loop only: whether it may have been handed in though nobody knows its id. */
  boolean uncertain;

  /** For the loop only: when it is looked after next, and how long the wait was. */
  long nextNanos = System.nanoTime();

  Duration wait = Duration.ZERO;

  /** For the loop only: how often the provider knew nothing of it, though it has an id. */
  int misses;

  /** For the loop only: since when there is trouble with it; null if there is none. */
  @Nullable Long troubleNanos;

  private OpenBatch(
      String mark, Instant since, List<String> keys, @Nullable String id, boolean earlier) {
    this.mark = mark;
    this.since = since;
    this.keys = List.copyOf(keys);
    this.id = id;
    this.earlier = earlier;
    this.uncertain = earlier && id == null;
  }

  /** One that is to be handed in. */
  static OpenBatch of(String mark, Instant since, List<String> keys) {
    return new OpenBatch(mark, since, keys, null, false);
  }

  /**
   * One of an earlier process.
   *
   * @param id the provider's id; null if that process did not live to know it
   */
  static OpenBatch earlier(String mark, Instant since, List<String> keys, @Nullable String id) {
    return new OpenBatch(mark, since, keys, id, true);
  }

  private static LmException gone() {
    return new LmException.Unavailable("The batch has not ended", null, null);
  }

  String mark() {
    return mark;
  }

  /** The time before it was handed in. */
  Instant since() {
    return since;
  }

  /** What identifies its requests, in their order; empty where one was not handed in. */
  List<String> keys() {
    return keys;
  }

  /** How many requests it has at the provider. */
  int requests() {
    return (int) IntStream.range(0, keys.size()).filter(this::isHandedIn).count();
  }

  boolean isHandedIn(int index) {
    return !keys.get(index).isEmpty();
  }

  /** Only these of its places are handed in. */
  void handsIn(Set<Integer> indexes) {
    keys =
        IntStream.range(0, keys.size())
            .mapToObj(index -> indexes.contains(index) ? keys.get(index) : "")
            .toList();
  }

  boolean isEarlier() {
    return earlier;
  }

  /** The id of a request within it. */
  String itemId(int index) {
    return mark + "-" + index;
  }

  @Nullable String id() {
    return id;
  }

  void accepted(String value) {
    id = value;
  }

  NavigableMap<Integer, WaitingCall> waiting() {
    return waiting;
  }

  boolean hasEnded() {
    return results != null;
  }

  void ended(Map<String, BatchedReply> replies, BatchedReply ifMissing) {
    results = replies;
    missing = ifMissing;
  }

  /** The reply to a request, once it has ended. */
  BatchedReply reply(int index) {
    Map<String, BatchedReply> known = results;
    return known == null ? missing : known.getOrDefault(itemId(index), missing);
  }
}
