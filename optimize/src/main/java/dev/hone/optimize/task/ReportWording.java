package dev.hone.optimize.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How reports put things into words. */
public final class ReportWording {
  private ReportWording() {}

  /** A constant as plain words: {@code budget spent}. */
  public static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A further line per sentence, marked as a note. */
  public static String notes(List<String> sentences) {
    return sentences.stream()
        .map(sentence -> System.lineSeparator() + "note: " + sentence)
        .collect(Collectors.joining());
  }

  /** Equal sentences as one that says how often, in the order of the first ones. */
  public static List<String> grouped(List<String> sentences) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    sentences.forEach(sentence -> counts.merge(sentence, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(
            e ->
                e.getValue() == 1 ? e.getKey() : e.getKey() + " (%d times)".formatted(e.getValue()))
        .toList();
  }
}
