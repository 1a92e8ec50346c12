package dev.hone.optimize.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Where in the file the outcome of each call is: by request, place, and the how-many-th of them.
 * Holds offsets, no texts: some 300 bytes a call. Filled by one thread, then asked by many.
 */
final class ReplyIndex {
  private final ConcurrentMap<Hash, Slot> byCall = new ConcurrentHashMap<>();
  private final Map<Hash, Long> byRequest = new HashMap<>();

  /** The first half of a SHA-256. */
  private record Hash(long first, long second) {
    static Hash of(String text) {
      try {
        ByteBuffer digest =
            ByteBuffer.wrap(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        return new Hash(digest.getLong(), digest.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform has SHA-256", e);
      }
    }
  }

  /** The calls of one request at one place. */
  Slot slot(String requestKey, String place) {
    return byCall.computeIfAbsent(Hash.of(requestKey + "\n" + place), hash -> new Slot());
  }

  /** A reply to a request is at an offset; one that was paid for is preferred. */
  void answered(String requestKey, long offset, boolean cached) {
    if (cached) {
      byRequest.putIfAbsent(Hash.of(requestKey), offset);
    } else {
      byRequest.put(Hash.of(requestKey), offset);
    }
  }

  /** Where a reply to a request is, at any place. */
  OptionalLong reply(String requestKey) {
    Long offset = byRequest.isEmpty() ? null : byRequest.get(Hash.of(requestKey));
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /**
   * The equal calls of one place. Each takes the smallest number that none of the others has, and
   * gives it back if nothing came of it: so numbers count outcomes that are kept.
   */
  static final class Slot {
    private static final long NONE = -1;

    private long[] offsets = {};
    private int last;
    private @Nullable PriorityQueue<Integer> free;
    private @Nullable Map<Integer, Deque<Long>> outages;

    synchronized int take() {
      Integer back = free == null ? null : free.poll();
      return back == null ? ++last : back;
    }

    synchronized void giveBack(int number) {
      free = free == null ? new PriorityQueue<>() : free;
      free.add(number);
    }

    synchronized void put(int number, long offset) {
      if (number > offsets.length) {
        int before = offsets.length;
        offsets = Arrays.copyOf(offsets, number);
        Arrays.fill(offsets, before, number, NONE);
      }
      offsets[number - 1] = offset;
    }

    synchronized void putOutage(int number, long offset) {
      outages = outages == null ? new HashMap<>() : outages;
      outages.computeIfAbsent(number, n -> new ArrayDeque<>()).add(offset);
    }

    synchronized OptionalLong offset(int number) {
      return number > offsets.length || offsets[number - 1] == NONE
          ? OptionalLong.empty()
          : OptionalLong.of(offsets[number - 1]);
    }

    /** The next time that no reply came before this one, if a finished run had such. */
    synchronized OptionalLong pollOutage(int number) {
      Deque<Long> before = outages == null ? null : outages.get(number);
      Long offset = before == null ? null : before.poll();
      return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }
  }
}
