package dev.hone.benchmarks.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures macro-F1 as the target of a search against accuracy on an imbalanced task, simulated and
 * with the embedded model, and how often constraints hold on fresh data. Equal runs write equal
 * figures.
 */
public final class CorpusBenchmark {
  private CorpusBenchmark() {}

  /**
   * Writes the tables.
   *
   * @param arguments the file to write, default {@code benchmarks/corpus/results/corpus.md}; the
   *     number of surfaces, default 200; the number of seeds with the embedded model, default 10, 0
   *     for none
   */
  public static void main(String[] arguments) throws IOException {
    Path file =
        Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/corpus/results/corpus.md");
    int surfaces = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
    List<String> lines = new ArrayList<>();
    lines.add("# Numbers of a whole set as the target");
    lines.add("");
    lines.add("Written by `dev.hone.benchmarks.corpus.CorpusBenchmark`.");
    SimulatedTables simulated = new SimulatedTables(surfaces);
    lines.addAll(simulated.macroF1());
    lines.addAll(simulated.constraints());
    if (seeds > 0) {
      lines.addAll(new EmbeddedTables().lines(seeds));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
    System.out.println(String.join("\n", lines));
  }
}
