package dev.hone.benchmarks.candidates;

import dev.hone.benchmarks.candidates.InstructionRow.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The table of instructions by who wrote them: means over seeds, with standard errors. */
record InstructionTable(List<InstructionRow> rows) {
  private static final String HEAD =
      "| task | instructions | no demos: mean | best | 16 labelled demos: mean | best | tokens of a"
          + " proposal | prompt tokens per call |\n|---|---|---|---|---|---|---|---|";

  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(HEAD.split("\n")));
    for (String task : rows.stream().map(InstructionRow::task).distinct().toList()) {
      lines.add(row(task, "as given", Source.GIVEN));
      lines.add(row(task, "proposed", Source.PLAIN));
      lines.add(row(task, "proposed from errors", Source.ERRORS));
      lines.add(differences(task));
    }
    return lines;
  }

  private String row(String task, String words, Source source) {
    return "| %s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            task,
            words,
            inWords(mean(task, source, InstructionRow::bare)),
            inWords(best(task, source, InstructionRow::bare)),
            inWords(mean(task, source, InstructionRow::labeled)),
            inWords(best(task, source, InstructionRow::labeled)),
            source == Source.GIVEN
                ? ""
                : whole(mean(task, source, InstructionRow::tokensToPropose)),
            whole(mean(task, source, InstructionRow::tokensPerCall)));
  }

  private String differences(String task) {
    return "| %s | difference | %s | %s | %s | %s | %s | %s |"
        .formatted(
            task,
            inWords(less(task, InstructionRow::bare, true)),
            inWords(less(task, InstructionRow::bare, false)),
            inWords(less(task, InstructionRow::labeled, true)),
            inWords(less(task, InstructionRow::labeled, false)),
            whole(less(task, InstructionRow::tokensToPropose, true)),
            whole(less(task, InstructionRow::tokensPerCall, true)));
  }

  /** From errors less without, by seed. */
  private double[] less(String task, ToDoubleFunction<InstructionRow> of, boolean mean) {
    double[] from = mean ? mean(task, Source.ERRORS, of) : best(task, Source.ERRORS, of);
    double[] plain = mean ? mean(task, Source.PLAIN, of) : best(task, Source.PLAIN, of);
    double[] differences = new double[from.length];
    Arrays.setAll(differences, i -> from[i] - plain[i]);
    return differences;
  }

  private double[] mean(String task, Source source, ToDoubleFunction<InstructionRow> of) {
    return bySeed(task, source, of).stream()
        .mapToDouble(values -> Arrays.stream(values).average().orElseThrow())
        .toArray();
  }

  private double[] best(String task, Source source, ToDoubleFunction<InstructionRow> of) {
    return bySeed(task, source, of).stream()
        .mapToDouble(values -> Arrays.stream(values).max().orElseThrow())
        .toArray();
  }

  /** The values of each seed, where there are instructions of both kinds. */
  private List<double[]> bySeed(String task, Source source, ToDoubleFunction<InstructionRow> of) {
    List<double[]> values = new ArrayList<>();
    for (long seed : rows.stream().mapToLong(InstructionRow::seed).distinct().sorted().toArray()) {
      double[] ofSource = values(task, seed, source, of).toArray();
      boolean both =
          values(task, seed, Source.PLAIN, of).findAny().isPresent()
              && values(task, seed, Source.ERRORS, of).findAny().isPresent();
      if (both) {
        values.add(ofSource);
      }
    }
    return values;
  }

  private DoubleStream values(
      String task, long seed, Source source, ToDoubleFunction<InstructionRow> of) {
    return rows.stream()
        .filter(row -> row.task().equals(task) && row.seed() == seed && row.source() == source)
        .mapToDouble(of);
  }

  private static String inWords(double[] values) {
    return String.format(Locale.ROOT, "%.1f ± %.1f", average(values), standardError(values));
  }

  private static String whole(double[] values) {
    return String.format(Locale.ROOT, "%.0f", average(values));
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double standardError(double[] values) {
    double mean = average(values);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1.0) / values.length);
  }
}
