package dev.hone.optimize.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of earlier times, by their names, such as {@code trial 3} in {@code trial 3: 0.720}:
 * each is expected again. The last of a kind may come otherwise, since what ended the run may have
 * cut it short. Holds a hash of each. Thread-safe.
 */
final class RecordedEvents {
  private final Map<String, Deque<Integer>> expected = new HashMap<>();
  private final Map<String, String> lastName = new HashMap<>();

  /** What is to be said of an event. */
  enum Told {
    /** It was not told before. */
    NEW,
    /** It was told before, as it is now. */
    AGAIN,
    /** One of its name was told before, with other words, and others after it. */
    OTHERWISE
  }

  void take(ObjectNode entry) {
    String text = entry.path("text").stringValue("");
    expect(entry.path("kind").stringValue(""), name(text, entry.has("named")), text);
  }

  private synchronized void expect(String kind, String name, String text) {
    lastName.put(kind, name);
    expected.computeIfAbsent(kind + "\n" + name, key -> new ArrayDeque<>()).add(text.hashCode());
  }

  /** What an event says its name is. */
  static String name(String text, boolean named) {
    int colon = named ? text.indexOf(": ") : -1;
    return colon < 0 ? text : text.substring(0, colon);
  }

  /** Compares an event that is told now with what is expected, which is then not any more. */
  synchronized Told tell(String kind, boolean named, String text) {
    String name = name(text, named);
    Deque<Integer> same = expected.get(kind + "\n" + name);
    Integer hash = same == null ? null : same.poll();
    if (hash == null) {
      return Told.NEW;
    } else if (hash == text.hashCode()) {
      return Told.AGAIN;
    }
    return name.equals(lastName.get(kind)) ? Told.NEW : Told.OTHERWISE;
  }
}
