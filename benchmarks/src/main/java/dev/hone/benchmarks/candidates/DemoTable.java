package dev.hone.benchmarks.candidates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Tables of demo sets: single sets by way and size, and spaces to choose from. */
record DemoTable(List<DemoRow> rows) {
  /** Ways that make a space of several sets. */
  static final List<String> SPACES = List.of("space before", "space now", "space of sizes");

  /** A mean over seeds with its standard error. */
  private record Mean(double value, double error) {
    static Mean of(List<Double> values) {
      double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      int n = values.size();
      return new Mean(mean, Math.sqrt(squares / Math.max(1, n - 1) / Math.max(1, n)));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f ± %.1f", value, error);
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    cells()
        .forEach(
            (name, cell) -> {
              long seeds = cell.stream().map(DemoRow::seed).distinct().count();
              lines.addAll(List.of("", "## %s, %d seeds".formatted(name, seeds), ""));
              lines.addAll(sets(cell));
              lines.add("");
              lines.addAll(spaces(cell));
            });
    return lines;
  }

  private TreeMap<String, List<DemoRow>> cells() {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.task() + ", " + row.model(), TreeMap::new, Collectors.toList()));
  }

  private static List<String> sets(List<DemoRow> cell) {
    List<Integer> sizes =
        cell.stream()
            .filter(row -> !SPACES.contains(row.way()))
            .map(DemoRow::demos)
            .distinct()
            .sorted()
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add("| test score by demos | " + join(sizes.stream().map(String::valueOf).toList()));
    lines.add("|---|" + "---|".repeat(sizes.size()));
    cell.stream()
        .map(DemoRow::way)
        .filter(way -> !SPACES.contains(way))
        .distinct()
        .forEach(
            way ->
                lines.add(
                    "| %s | %s"
                        .formatted(
                            way, join(sizes.stream().map(n -> mean(cell, way, n)).toList()))));
    lines.add(
        "| prompt tokens of a call | %s"
            .formatted(join(sizes.stream().map(n -> tokens(cell, n)).toList())));
    return lines;
  }

  private static String join(List<String> cells) {
    return String.join(" | ", cells) + " |";
  }

  private static String mean(List<DemoRow> cell, String way, int demos) {
    List<Double> values =
        cell.stream()
            .filter(row -> row.way().equals(way) && row.demos() == demos)
            .map(DemoRow::test)
            .toList();
    return values.isEmpty() ? "" : Mean.of(values).toString();
  }

  private static String tokens(List<DemoRow> cell, int demos) {
    double mean =
        cell.stream()
            .filter(row -> row.demos() == demos && row.tokens() > 0)
            .mapToDouble(DemoRow::tokens)
            .average()
            .orElse(0);
    return String.format(Locale.ROOT, "%.0f", mean);
  }

  private static List<String> spaces(List<DemoRow> cell) {
    List<String> lines = new ArrayList<>();
    lines.add("| five sets to choose from | mean | best by test | first | best by validation |");
    lines.add("|---|---|---|---|---|");
    List<ToDoubleFunction<List<DemoRow>>> figures =
        List.of(
            sets -> sets.stream().mapToDouble(DemoRow::test).average().orElse(Double.NaN),
            sets -> sets.stream().mapToDouble(DemoRow::test).max().orElse(Double.NaN),
            sets -> sets.get(0).test(),
            DemoTable::chosen);
    for (String space : SPACES) {
      lines.add(
          "| %s | %s"
              .formatted(
                  space,
                  join(
                      figures.stream()
                          .map(f -> Mean.of(bySeed(cell, space, f)).toString())
                          .toList())));
    }
    lines.add(
        "| now less before, paired | %s"
            .formatted(join(figures.stream().map(f -> difference(cell, f)).toList())));
    return lines;
  }

  /**
   * The test score of the set that scored best on the examples to choose by; of equals, the first.
   */
  private static double chosen(List<DemoRow> sets) {
    double best = sets.stream().mapToDouble(DemoRow::val).max().orElse(Double.NaN);
    return sets.stream().filter(row -> row.val() == best).findFirst().orElseThrow().test();
  }

  private static List<Double> bySeed(
      List<DemoRow> cell, String space, ToDoubleFunction<List<DemoRow>> figure) {
    return cell.stream()
        .filter(row -> row.way().equals(space))
        .sorted(Comparator.comparingLong(DemoRow::seed))
        .collect(Collectors.groupingBy(DemoRow::seed, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(figure::applyAsDouble)
        .toList();
  }

  private static String difference(List<DemoRow> cell, ToDoubleFunction<List<DemoRow>> figure) {
    List<Double> before = bySeed(cell, SPACES.get(0), figure);
    List<Double> now = bySeed(cell, SPACES.get(1), figure);
    Double[] differences = new Double[Math.min(before.size(), now.size())];
    Arrays.setAll(differences, i -> now.get(i) - before.get(i));
    return Mean.of(List.of(differences)).toString();
  }
}
