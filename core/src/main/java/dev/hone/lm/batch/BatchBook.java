package dev.hone.lm.batch;

import dev.hone.lm.LmRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which batch: calls that are gathered for the next one, batches that are handed in,
 * and places in earlier batches that nobody has taken yet. A place is taken once, in the order of
 * the batches, so that equal calls which were paid for twice get both replies, each time the same.
 * Thread-safe.
 */
final class BatchBook {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Gathering gathering;

  /** Those that have not ended. */
  private final List<OpenBatch> batches = new ArrayList<>();

  private final Map<String, Deque<Place>> untaken = new HashMap<>();

  /** A request of an earlier batch. */
  private record Place(OpenBatch batch, int index) {}

  BatchBook(BatchApi.Limits limits, BatchTiming timing, List<OpenBatch> earlier) {
    this.gathering = new Gathering(limits, timing);
    for (OpenBatch batch : earlier) {
      batches.add(batch);
      for (int i = 0; i < batch.keys().size(); i++) {
        if (batch.isHandedIn(i)) {
          places(batch.keys().get(i)).addLast(new Place(batch, i));
        }
      }
    }
  }

  private Deque<Place> places(String key) {
    return untaken.computeIfAbsent(key, any -> new ArrayDeque<>(1));
  }

  /** A call comes: it takes the place of an equal one in an earlier batch, or is gathered. */
  WaitingCall enter(LmRequest request, String key, long bytes) {
    WaitingCall call = new WaitingCall(request, key, bytes);
    lock.lock();
    try {
      Place place = places(key).pollFirst();
      if (place == null) {
        untaken.remove(key);
        gathering.add(call);
      } else {
        take(call, place.batch(), place.index());
      }
      changed.signalAll();
      return call;
    } finally {
      lock.unlock();
    }
  }

  private void take(WaitingCall call, OpenBatch batch, int index) {
    call.joins(batch, index);
    if (batch.hasEnded()) {
      call.reply().complete(batch.reply(index));
    } else {
      batch.waiting().put(index, call);
    }
  }

  /**
   * A call waits no longer, since its thread was interrupted. Its place is free for an equal one.
   *
   * @return the batch that goes on without it; null if it was not handed in
   */
  @Nullable OpenBatch leave(WaitingCall call) {
    lock.lock();
    try {
      OpenBatch batch = call.batch();
      if (batch == null) {
        gathering.remove(call);
      } else if (!call.reply().isCompletedExceptionally()) { // then its place is free already
        batch.waiting().remove(call.index(), call);
        places(call.key()).addFirst(new Place(batch, call.index()));
      }
      changed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something to do.
   *
   * @return false if nobody waits for anything any more
   */
  boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long nanos = nanosToWork();
        if (nanos == Long.MAX_VALUE) {
          return false;
        } else if (nanos <= 0) {
          return true;
        }
        var unused = changed.await(nanos, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private long nanosToWork() {
    long now = System.nanoTime();
    long least = gathering.nanosToHandIn(now);
    for (OpenBatch batch : batches) {
      if (isWanted(batch)) {
        least = Math.min(least, batch.nextNanos - now);
      }
    }
    return least;
  }

  /** Whether somebody waits for its end, or for it to be handed in. */
  private static boolean isWanted(OpenBatch batch) {
    return !batch.hasEnded() && !batch.waiting().isEmpty();
  }

  /** The calls to hand in now as one batch, within the limits; may be none. */
  List<WaitingCall> due() {
    lock.lock();
    try {
      return gathering.due();
    } finally {
      lock.unlock();
    }
  }

  /** A batch of these calls is about to be handed in. */
  void add(OpenBatch batch, List<WaitingCall> calls) {
    lock.lock();
    try {
      batches.add(batch);
      for (int i = 0; i < calls.size(); i++) {
        take(calls.get(i), batch, i);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The batches that are to be handed in or looked at now. */
  List<OpenBatch> dueBatches() {
    lock.lock();
    try {
      long now = System.nanoTime();
      return batches.stream()
          .filter(batch -> isWanted(batch) && batch.nextNanos - now <= 0)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Who waits for a batch that is about to be handed in, by the place of the request in it. Places
   * for which nobody waits any more are not handed in, and nobody can take them from now on.
   */
  SortedMap<Integer, WaitingCall> toHandIn(OpenBatch batch) {
    lock.lock();
    try {
      removePlaces(batch);
      SortedMap<Integer, WaitingCall> waiting = new TreeMap<>(batch.waiting());
      batch.handsIn(waiting.keySet());
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** The provider has a batch, by this id. */
  void accepted(OpenBatch batch, String id) {
    lock.lock();
    try {
      batch.accepted(id);
    } finally {
      lock.unlock();
    }
  }

  /** A batch has ended: whoever waits has a reply, and whoever comes for an untaken place, too. */
  void ended(OpenBatch batch, Map<String, BatchedReply> replies, BatchedReply ifMissing) {
    lock.lock();
    try {
      batch.ended(replies, ifMissing);
      batches.remove(batch); // known as long as there is a place in it that nobody has taken
      batch.waiting().forEach((index, call) -> call.reply().complete(batch.reply(index)));
      batch.waiting().clear();
    } finally {
      lock.unlock();
    }
  }

  /** Those who wait for a batch get an error; it itself stays, and its places can be taken. */
  void failWaiting(OpenBatch batch, Throwable error) {
    lock.lock();
    try {
      for (WaitingCall call : batch.waiting().descendingMap().values()) {
        places(call.key()).addFirst(new Place(batch, call.index()));
        call.reply().completeExceptionally(error);
      }
      batch.waiting().clear();
    } finally {
      lock.unlock();
    }
  }

  /** There is no such batch: it is forgotten. */
  void forget(OpenBatch batch) {
    lock.lock();
    try {
      batches.remove(batch);
      removePlaces(batch);
    } finally {
      lock.unlock();
    }
  }

  private void removePlaces(OpenBatch batch) {
    untaken.values().forEach(places -> places.removeIf(place -> place.batch() == batch));
    untaken.values().removeIf(Deque::isEmpty);
  }

  /** There is no such batch: those who wait for it are gathered for a new one. */
  void gatherAgain(OpenBatch batch) {
    lock.lock();
    try {
      List<WaitingCall> calls = List.copyOf(batch.waiting().values());
      batch.waiting().clear();
      forget(batch);
      calls.forEach(this::again);
    } finally {
      lock.unlock();
    }
  }

  private void again(WaitingCall call) {
    Place place = places(call.key()).pollFirst();
    if (place == null) {
      gathering.add(call);
    } else {
      take(call, place.batch(), place.index());
    }
  }

  /** All that is known of in the provider's hands and has not ended. */
  List<OpenBatch> open() {
    lock.lock();
    try {
      return batches.stream().filter(batch -> batch.id() != null && !batch.hasEnded()).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Whether anybody waits. */
  boolean isIdle() {
    lock.lock();
    try {
      return nanosToWork() == Long.MAX_VALUE;
    } finally {
      lock.unlock();
    }
  }

  /** Everybody who waits gets this error. */
  void failAll(Throwable error) {
    lock.lock();
    try {
      gathering.all().forEach(call -> call.reply().completeExceptionally(error));
      List.copyOf(batches).forEach(batch -> failWaiting(batch, error));
    } finally {
      lock.unlock();
    }
  }
}
