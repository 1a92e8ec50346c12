package dev.hone.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/**
 * Plays all players on 240 surfaces of ten families and writes {@code quality.md}, {@code
 * quality.csv} and {@code quality.svg}. Takes some minutes on two cores. The surfaces' seed is not
 * one that settings were chosen on.
 */
public final class QualityBenchmark {
  private static final long REPORT_SEED = 20_261_121;
  private static final int PER_FAMILY = 24;
  private static final int THREADS = 2;

  private QualityBenchmark() {}

  /**
   * Runs everything.
   *
   * @param arguments the folder to write to, {@code benchmarks/quality/results} if left out; then
   *     the number of surfaces per family, 24; then a factor for the spread of difficulty, 1
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/quality/results");
    int perFamily = arguments.length > 1 ? Integer.parseInt(arguments[1]) : PER_FAMILY;
    double difficulty = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 1;
    long from = System.nanoTime();
    StepTiming.measure();
    StepTiming.Timing timing = StepTiming.measure();
    List<Surface> surfaces = Surface.mixed(perFamily, REPORT_SEED, difficulty);
    ForkJoinPool pool = new ForkJoinPool(THREADS);
    List<Contest> contests =
        pool.submit(() -> surfaces.parallelStream().map(Contest::on).toList()).get();
    pool.shutdown();
    double seconds = (System.nanoTime() - from) / 1e9;
    Files.createDirectories(folder);
    QualityReport report = new QualityReport(contests);
    Files.writeString(
        folder.resolve("quality.md"),
        report.markdown(header(surfaces.size(), difficulty), footer(timing, seconds)));
    Files.writeString(folder.resolve("quality.csv"), report.csv());
    Files.writeString(folder.resolve("quality.svg"), new CallsPlot(contests).svg());
  }

  private static String header(int surfaces, double difficulty) {
    return """
        # Quality of search on simulated surfaces

        Written by `QualityBenchmark`, on %d surfaces that no setting was chosen on. Scores are true
        scores (expectations over fresh examples) of what each player returns. A call is a distinct
        pair of configuration and example; the reference is DSPy's schedule around Optuna's
        multivariate TPE, its repeats not counted. The families' spread of difficulty is multiplied by
        %.1f. See `docs/algorithms/racing.md`.

        ![calls against score](quality.svg)
        """
        .formatted(surfaces, difficulty);
  }

  private static String footer(StepTiming.Timing timing, double seconds) {
    return String.format(
        Locale.ROOT,
        """

        ## Cost of a step

        With %,d of 2,000 configurations tried and %,d outcomes one step (tell and ask of 8 blocks of 5) takes
        %.1f ms of processor time (median; 95%% quantile %.1f ms); the whole
        process holds %.1f MB of heap.

        The benchmark took %.0f s.
        """,
        timing.tried(),
        timing.outcomes(),
        timing.medianMillis(),
        timing.p95Millis(),
        timing.memoryMegabytes(),
        seconds);
  }
}
