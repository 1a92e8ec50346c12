package dev.hone.benchmarks.retrieve;

import com.sun.management.OperatingSystemMXBean;
import dev.hone.embed.Embedder;
import dev.hone.retrieve.EmbeddingIndex;
import dev.hone.retrieve.Passage;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How long the exact 10 nearest of a million vectors of 384 numbers take, as a multiple of the time
 * that reading a byte per number from memory takes with the same threads, measured in turns. The
 * ratio of processor times does not count what other processes take of a shared machine. Run with
 * {@code -Xmx6g}; arguments: the number of vectors, default 1,000,000, and of rounds, default 21.
 */
public final class IndexBenchmark {
  private static final int DIMENSION = 384;
  private static final int K = 10;
  private static final int WARM_UP = 10;

  private final PrintStream out;
  private final int vectors;
  private final int rounds;

  private IndexBenchmark(PrintStream out, int vectors, int rounds) {
    this.out = out;
    this.vectors = vectors;
    this.rounds = rounds;
  }

  /** Prints the measurements. */
  public static void main(String[] args) {
    int vectors = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 21;
    var benchmark = new IndexBenchmark(System.out, vectors, rounds);
    benchmark.printMachine();
    benchmark.measure(new SeededVectors(DIMENSION, 0));
    benchmark.measure(new SeededVectors(DIMENSION, 1000));
  }

  private void printMachine() {
    out.printf(
        Locale.ROOT,
        "Java %s, %d processors, flags %s, heap %,d MB%n",
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private void measure(Embedder embedder) {
    long start = System.nanoTime();
    List<Passage> passages =
        IntStream.range(0, vectors).mapToObj(i -> new Passage("p" + i, String.valueOf(i))).toList();
    EmbeddingIndex index = EmbeddingIndex.of(embedder, passages);
    out.printf(
        Locale.ROOT,
        "%n%s: %,d vectors of %d numbers, made in %.1f s, %,d MB in use with passages%n",
        embedder.id(),
        vectors,
        DIMENSION,
        (System.nanoTime() - start) / 1e9,
        memory() >> 20);
    MemoryReading reading = new MemoryReading((long) vectors * DIMENSION);
    int processors = Runtime.getRuntime().availableProcessors();
    for (int threads = 1; threads <= processors; threads *= 2) {
      measure(index.threads(threads), reading, threads);
    }
  }

  private void measure(EmbeddingIndex index, MemoryReading reading, int threads) {
    double[] readMillis = new double[rounds];
    double[] queryMillis = new double[rounds];
    double[] ratios = new double[rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      String query = query(round);
      double read = millis(() -> reading.read(threads));
      double found = millis(() -> index.retrieve(query, K));
      if (round >= 0) {
        readMillis[round] = read;
        queryMillis[round] = found;
        ratios[round] = found / read;
      }
    }
    out.printf(
        Locale.ROOT,
        "%d threads: reading %.1f ms (%.1f GB/s), top %d %.1f ms; ratio of medians %.2f,"
            + " of the fastest %.2f, median of ratios %.2f, of processor times %.2f;"
            + " %.0f survivors%n",
        threads,
        median(readMillis),
        (double) vectors * DIMENSION / 1e6 / median(readMillis),
        K,
        median(queryMillis),
        median(queryMillis) / median(readMillis),
        Arrays.stream(queryMillis).min().orElseThrow()
            / Arrays.stream(readMillis).min().orElseThrow(),
        median(ratios),
        cpuNanos(round -> index.retrieve(query(round), K))
            / cpuNanos(round -> reading.read(threads)),
        survivors(index));
  }

  private static String query(int round) {
    return String.valueOf(10_000_000L + round);
  }

  /** What the process takes for all rounds, in steps of 10 ms. */
  private double cpuNanos(IntConsumer code) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = system.getProcessCpuTime();
    for (int round = 0; round < rounds; round++) {
      code.accept(round);
    }
    return system.getProcessCpuTime() - start;
  }

  private double survivors(EmbeddingIndex index) {
    return median(
        IntStream.range(0, rounds)
            .mapToDouble(round -> index.survivors(query(round), K))
            .toArray());
  }

  private static double millis(Runnable code) {
    long start = System.nanoTime();
    code.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
