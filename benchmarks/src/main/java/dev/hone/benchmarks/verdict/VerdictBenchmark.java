package dev.hone.benchmarks.verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Plays racing and TPE on tasks with and without a gain, and writes {@code verdict.md}: how often
 * runs say {@code Improved}, how often their intervals hold the true gain, and how many find a gain
 * of 5 points with as many examples as were said beforehand. Takes half an hour on two cores. Equal
 * arguments write equal figures.
 */
public final class VerdictBenchmark {
  /** The seed of the report, on which nothing was chosen. */
  private static final long REPORT_SEED = 20_261_201;

  private static final int RUNS = 200;

  private VerdictBenchmark() {}

  /**
   * Runs everything.
   *
   * @param arguments the folder to write to, {@code benchmarks/verdict/results} if left out; then
   *     the runs per scenario, 200; then the seed
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/verdict/results");
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : RUNS;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : REPORT_SEED;
    Files.createDirectories(folder);
    VerdictTable table = new VerdictTable();
    for (VerdictCell cell : cells(seed)) {
      table.begin(cell);
      for (GainScenario scenario : cell.scenarios()) {
        table.add(scenario, plays(cell, scenario, runs));
      }
      table.end();
      Files.writeString(folder.resolve("verdict.md"), header(runs, seed) + table.text());
    }
  }

  /** The plays of a cell and scenario, in order. */
  static List<VerdictPlay> plays(VerdictCell cell, GainScenario scenario, int runs) {
    return IntStream.range(0, runs)
        .parallel()
        .mapToObj(number -> VerdictPlay.of(cell, scenario, number))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<VerdictCell> cells(long seed) {
    List<VerdictCell> cells = new ArrayList<>();
    for (boolean graded : new boolean[] {false, true}) {
      for (String search : List.of("racing", "tpe")) {
        cells.add(new VerdictCell(search, new GainTask(3, 6, 100, graded), false, 0, seed));
      }
    }
    for (boolean graded : new boolean[] {false, true}) {
      for (String search : List.of("racing", "tpe")) {
        cells.add(new VerdictCell(search, new GainTask(3, 6, 100, graded), true, 0, seed));
      }
    }
    cells.add(new VerdictCell("tpe", new GainTask(3, 6, 100, true), false, 10, seed));
    cells.add(new VerdictCell("tpe", new GainTask(3, 6, 100, false), false, 10, seed));
    cells.add(new VerdictCell("racing", new GainTask(3, 6, 30, false), false, 0, seed));
    cells.add(new VerdictCell("racing", new GainTask(6, 12, 300, false), false, 0, seed));
    cells.add(new VerdictCell("tpe", new GainTask(6, 12, 300, false), false, 0, seed));
    return cells;
  }

  private static String header(int runs, long seed) {
    return """
        # Verdicts against the truth

        Written by `VerdictBenchmark`: %d whole searches per scenario and cell, seed %d, on which nothing was chosen. True scores are around
        0.6. EQUAL: nothing is better than the baseline, nothing worse. WORSE: all else is worse, by 4 points in the mean. DEMOS_HELP: every
        demo set is worth 5 points. BEST_BY_5: candidates differ, the best is worth 5 points. AROUND: candidates differ, around the baseline.
        Gains, widths and differences are in points; "plain" is the 95%% interval of a paired test that knows nothing of the choice, on as
        many examples, and its width is that of a held-out test of that size. "By power(5)": as many examples as `GainPower.ofBaseline` says of 60 other scores
        of the baseline. A testset is evaluated on only where something else than the baseline is returned. See `docs/algorithms/verdict.md`.
        """
        .formatted(runs, seed);
  }
}
