package dev.hone.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is said of one value.
 *
 * @param field the field that has the value; empty if that is not known
 * @param value the value, as it was written
 * @param phrases what is said, without repeats
 */
record ValueDescription(String field, String value, List<String> phrases) {
  /** Whether this is a note on a field of that name. */
  boolean isOn(String name) {
    return TextTokens.ofName(field).equals(TextTokens.ofName(name));
  }

  /** Gathers phrases; those of the same value of the same field make one note. */
  static final class Gatherer {
    private record Key(String field, String value) {}

    private final Map<Key, Set<String>> phrases = new LinkedHashMap<>();

    void add(String field, String value, List<String> said) {
      phrases.computeIfAbsent(new Key(field, value), key -> new LinkedHashSet<>()).addAll(said);
    }

    List<ValueDescription> notes() {
      List<ValueDescription> notes = new ArrayList<>();
      phrases.forEach(
          (key, said) ->
              notes.add(new ValueDescription(key.field(), key.value(), List.copyOf(said))));
      return List.copyOf(notes);
    }
  }
}
