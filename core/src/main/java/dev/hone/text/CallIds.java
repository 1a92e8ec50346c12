package dev.hone.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The ids by which results refer to tool calls: those of the provider, or made up by counting, in
 * the form that the strictest provider takes (nine letters and digits). Not thread-safe.
 */
public final class CallIds {
  private final Set<String> used = new HashSet<>();
  private int made;

  /** The id of a call of a turn, both counted from 1. */
  public static String of(int turn, int call) {
    return String.format(Locale.ROOT, "t%04dc%03d", turn, call);
  }

  /** The id itself if it is one and was not asked for before, else a new one. */
  public String distinct(String id) {
    String free = id;
    while (free.isEmpty() || !used.add(free)) {
      free = of(0, ++made);
    }
    return free;
  }
}
