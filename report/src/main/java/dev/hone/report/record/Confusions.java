package dev.hone.report.record;

import dev.hone.report.data.ComparisonEntry.ConfusionEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which value of a field was taken for which. A field counts as a choice if its gold values are
 * short texts or truth values, two to twelve, each met twice on average or more. Not thread-safe.
 */
final class Confusions {
  private static final int MOST_LABELS = 12;
  private static final int MOST_LABEL_CHARACTERS = 60;

  private record Pair(String gold, @Nullable String before, @Nullable String after) {}

  private final Map<String, List<Pair>> byField = new LinkedHashMap<>();

  /** Adds an example; outputs are null where there is none. */
  void add(ObjectNode gold, @Nullable ObjectNode before, @Nullable ObjectNode after) {
    gold.properties()
        .forEach(
            field -> {
              String label = label(field.getValue());
              if (label != null) {
                byField
                    .computeIfAbsent(field.getKey(), name -> new ArrayList<>())
                    .add(new Pair(label, of(before, field.getKey()), of(after, field.getKey())));
              }
            });
  }

  private static @Nullable String of(@Nullable ObjectNode output, String field) {
    JsonNode value = output == null ? null : output.get(field);
    return value == null ? null : label(value);
  }

  private static @Nullable String label(JsonNode value) {
    String text =
        value.isString() ? value.stringValue() : value.isBoolean() ? value.toString() : null;
    return text == null || text.length() > MOST_LABEL_CHARACTERS ? null : text;
  }

  List<ConfusionEntry> entries(boolean hasBefore, boolean hasAfter) {
    List<ConfusionEntry> entries = new ArrayList<>();
    byField.forEach(
        (field, pairs) -> {
          List<String> labels = List.copyOf(new TreeSet<>(pairs.stream().map(Pair::gold).toList()));
          boolean choice =
              labels.size() >= 2
                  && labels.size() <= MOST_LABELS
                  && pairs.size() >= 2 * labels.size();
          if (choice) {
            entries.add(
                new ConfusionEntry(
                    field,
                    labels,
                    hasBefore ? table(labels, pairs, true) : List.of(),
                    hasAfter ? table(labels, pairs, false) : List.of()));
          }
        });
    return entries;
  }

  private static List<List<Integer>> table(List<String> labels, List<Pair> pairs, boolean before) {
    int[][] counts = new int[labels.size()][labels.size() + 1];
    for (Pair pair : pairs) {
      String said = before ? pair.before() : pair.after();
      int answer = said == null ? -1 : labels.indexOf(said);
      counts[labels.indexOf(pair.gold())][answer < 0 ? labels.size() : answer]++;
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      List<Integer> cells = new ArrayList<>();
      for (int cell : row) {
        cells.add(cell);
      }
      rows.add(cells);
    }
    return rows;
  }
}
