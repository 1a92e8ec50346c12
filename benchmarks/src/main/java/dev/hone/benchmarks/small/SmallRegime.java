package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.Landscape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/**
 * Plays all players on simulated small tasks and on recorded ones, and writes {@code small.md}.
 * Takes some minutes on two cores. Equal arguments write equal figures.
 */
public final class SmallRegime {
  /** The seed to develop with. */
  private static final long DEVELOPMENT_SEED = 1;

  /** The seed of the report, on which nothing is chosen. */
  private static final long REPORT_SEED = 20_261_201;

  private static final int SURFACES = 300;
  private static final int THREADS = 2;

  private SmallRegime() {}

  /**
   * Runs everything.
   *
   * @param arguments the folder to write to, {@code benchmarks/quality/results} if left out; then
   *     the number of surfaces, 300; then their seed, 1 to develop with, {@code report} for that of
   *     the report; then names of players, see {@link Players}, and files of recorded outcomes that
   *     end in {@code .jsonl} or {@code .jsonl.gz}
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/quality/results");
    int surfaces = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SURFACES;
    long seed = arguments.length > 2 ? seed(arguments[2]) : DEVELOPMENT_SEED;
    List<Landscape> tasks = new ArrayList<>(SmallSurface.mixed(surfaces, seed));
    tasks.addAll(RecordedLandscape.all());
    List<String> names = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      if (arguments[i].contains(".jsonl")) {
        tasks.addAll(RecordedLandscape.read(Path.of(arguments[i])));
      } else {
        names.add(arguments[i]);
      }
    }
    Map<String, Player> players = Players.of(names.isEmpty() ? Players.DEFAULT : names);
    long from = System.nanoTime();
    ForkJoinPool pool = new ForkJoinPool(THREADS);
    List<SmallContest> contests =
        pool.submit(
                () -> tasks.parallelStream().map(task -> SmallContest.on(task, players)).toList())
            .get();
    pool.shutdown();
    String page =
        header(surfaces, tasks.size() - surfaces, seed) + new SmallReport(contests).markdown();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("small.md"), page);
    System.out.print(page);
    System.out.printf(Locale.ROOT, "%nPlayed %.0f s.%n", (System.nanoTime() - from) / 1e9);
  }

  private static long seed(String argument) {
    return argument.equals("report") ? REPORT_SEED : Long.parseLong(argument);
  }

  private static String header(int surfaces, int recorded, long seed) {
    return """
        # The small regime

        Written by `SmallRegime`, on %d simulated tasks of seed %d and %d recorded ones. Scores are in points, true scores on simulated
        tasks and test means on recorded ones, of what each player returns. Calls are distinct pairs of configuration and example, tokens
        their prompt and completion tokens, both as shares of the reference's on the same task; the reference is DSPy's schedule around
        Optuna's TPE with its cache. Intervals are of 95%%, by bootstrap over tasks; the lower bound is one-sided, 95%%.

        """
        .formatted(surfaces, seed, recorded);
  }
}
