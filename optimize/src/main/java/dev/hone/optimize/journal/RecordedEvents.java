package dev.hone.optimize.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of earlier times, by their names, such as {@code trial 3} in {@code trial 3: 0.720}:
 * each is expected again, but for those after the last call of a time, which its end may have cut
 * short. Holds a hash of each. Thread-safe.
 */
final class RecordedEvents {
  private final Map<String, Deque<Integer>> expected = new HashMap<>();
  private final Set<String> cutShort = new HashSet<>();
  private final List<Named> sinceLastCall = new ArrayList<>();

  /** What is to be said of an event. */
  enum Told {
    /** It was not told before. */
    NEW,
    /** It was told before, as it is now. */
    AGAIN,
    /** One of its name was told before, with other words. */
    OTHERWISE
  }

  /** An event's kind and name, and what it says. */
  private record Named(String key, int hash) {
    static Named of(String kind, boolean named, String text) {
      int colon = named ? text.indexOf(": ") : -1;
      return new Named(
          kind + "\n" + (colon < 0 ? text : text.substring(0, colon)), text.hashCode());
    }

    String whole() {
      return key + "\n" + hash;
    }
  }

  /** Takes an event of the journal. */
  synchronized void take(ObjectNode entry) {
    sinceLastCall.add(
        Named.of(
            entry.path("kind").stringValue(""),
            entry.has("named"),
            entry.path("text").stringValue("")));
  }

  /** A call follows in the journal: what was told before it was told whole. */
  synchronized void takeCall() {
    for (Named event : sinceLastCall) {
      expected.computeIfAbsent(event.key(), key -> new ArrayDeque<>()).add(event.hash());
    }
    sinceLastCall.clear();
  }

  /** A time that the run was made has ended. */
  synchronized void takeEnd() {
    sinceLastCall.forEach(event -> cutShort.add(event.whole()));
    sinceLastCall.clear();
  }

  /** Compares an event that is told now with what is expected, which is then not any more. */
  synchronized Told tell(String kind, boolean named, String text) {
    Named event = Named.of(kind, named, text);
    Deque<Integer> same = expected.get(event.key());
    Integer hash = same == null ? null : same.poll();
    if (hash != null && hash == event.hash() || cutShort.remove(event.whole())) {
      return Told.AGAIN;
    }
    return hash == null ? Told.NEW : Told.OTHERWISE;
  }
}
