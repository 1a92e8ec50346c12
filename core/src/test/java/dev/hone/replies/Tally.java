package dev.hone.replies;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts of what came of replies, by kind, with the first few of those that need a look. */
final class Tally {
  private static final int SHOWN = 12;

  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
  private final List<String> shown = new ArrayList<>();

  synchronized void add(String kind, String outcome) {
    counts.computeIfAbsent(kind, k -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
  }

  /** Counts, and keeps the words if they are among the first. */
  synchronized void show(String kind, String outcome, String words) {
    add(kind, outcome);
    if (shown.size() < SHOWN) {
      shown.add("%s, %s: %s".formatted(kind, outcome, words));
    }
  }

  synchronized int of(String outcome) {
    return counts.values().stream().mapToInt(by -> by.getOrDefault(outcome, 0)).sum();
  }

  synchronized int total() {
    return counts.values().stream()
        .flatMap(by -> by.values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  @Override
  public synchronized String toString() {
    return counts.entrySet().stream()
            .map(entry -> "%-32s %s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("\n"))
        + shown.stream().collect(Collectors.joining("\n", "\n", "\n"));
  }
}
