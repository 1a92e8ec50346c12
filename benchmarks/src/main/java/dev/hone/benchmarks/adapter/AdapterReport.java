package dev.hone.benchmarks.adapter;

import dev.hone.benchmarks.adapter.Reading.Rung;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of {@link AdapterBenchmark}. */
final class AdapterReport {
  private static final String COLUMNS =
      "| model | task | adapter | examples | first try | after repair | as JSON | never | not in the"
          + " reply | score (95%) | calls | prompt tokens | reply tokens |\n"
          + "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";

  private AdapterReport() {}

  static String csv(List<Cell> cells) {
    return "model,task,adapter,examples,first,repaired,as_json,never,unsaid,score,calls,prompt_tokens,"
        + "reply_tokens\n"
        + cells.stream().map(AdapterReport::row).collect(Collectors.joining());
  }

  private static String row(Cell cell) {
    long[] spent = cell.spent();
    return String.format(
        Locale.ROOT,
        "\"%s\",%s,\"%s\",%d,%d,%d,%d,%d,%d,%.4f,%d,%d,%d%n",
        cell.model,
        cell.task.name(),
        cell.adapter.name(),
        cell.size(),
        cell.count(Rung.FIRST),
        cell.count(Rung.REPAIRED),
        cell.count(Rung.OTHER),
        cell.count(Rung.NEVER),
        cell.unsaid(),
        Arrays.stream(cell.scores()).average().orElse(0),
        spent[0],
        spent[1],
        spent[2]);
  }

  /** A line for each cell, and then one for each adapter over all tasks without tools. */
  static String markdown(List<Cell> cells) {
    StringBuilder text = new StringBuilder(COLUMNS);
    cells.forEach(
        cell ->
            text.append(line(cell.model, cell.task.name(), cell.adapter.name(), List.of(cell))));
    text.append("\nOver the tasks without tools:\n\n").append(COLUMNS);
    Map<List<String>, List<Cell>> grouped =
        cells.stream()
            .filter(cell -> cell.task.tools().isEmpty())
            .collect(
                Collectors.groupingBy(
                    cell -> List.of(cell.model, cell.adapter.name()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    grouped.forEach((key, group) -> text.append(line(key.get(0), "all", key.get(1), group)));
    return text.toString();
  }

  private static String line(String model, String task, String adapter, List<Cell> cells) {
    long size = cells.stream().mapToLong(Cell::size).sum();
    long answered = size - count(cells, Rung.NEVER);
    long[] spent = new long[3];
    for (Cell cell : cells) {
      for (int i = 0; i < spent.length; i++) {
        spent[i] += cell.spent()[i];
      }
    }
    double[] scores =
        cells.stream().flatMapToDouble(cell -> Arrays.stream(cell.scores())).toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %d | %s | %s | %s | %s | %d | %s | %s | %s | %s |%n",
        model,
        task,
        adapter,
        size,
        share(count(cells, Rung.FIRST), size),
        share(count(cells, Rung.REPAIRED), size),
        share(count(cells, Rung.OTHER), size),
        share(count(cells, Rung.NEVER), size),
        cells.stream().mapToLong(Cell::unsaid).sum(),
        Cell.withInterval(scores),
        each(spent[0], answered),
        each(spent[1], answered),
        each(spent[2], answered));
  }

  private static long count(List<Cell> cells, Rung rung) {
    return cells.stream().mapToLong(cell -> cell.count(rung)).sum();
  }

  private static String share(long count, long size) {
    return size == 0 ? "" : String.format(Locale.ROOT, "%.0f%%", 100.0 * count / size);
  }

  private static String each(long spent, long answered) {
    return answered == 0 ? "-" : String.format(Locale.ROOT, "%.1f", (double) spent / answered);
  }

  /** What the formats cost where every answer is gold. */
  static String gold(Map<String, Map<String, GoldCost>> costs) {
    StringBuilder text =
        new StringBuilder(
            "| task | adapter | examples | altered | refused | prompt tokens | reply tokens |\n"
                + "|---|---|---|---|---|---|---|\n");
    costs.forEach(
        (task, byAdapter) ->
            byAdapter.forEach(
                (adapter, cost) ->
                    text.append(
                        String.format(
                            Locale.ROOT,
                            "| %s | %s | %d | %d | %d | %.0f | %.0f |%n",
                            task,
                            adapter,
                            cost.examples(),
                            cost.altered(),
                            cost.refused(),
                            (double) cost.promptTokens() / cost.examples(),
                            (double) cost.replyTokens() / cost.examples()))));
    return text.toString();
  }
}
