package dev.hone.benchmarks.batch;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Runs a batch of JSON lines in a process of its own with a small heap, kills that process at
 * random places of the output, starts it again each time, and checks the output row by row: every
 * row once, in order; those that must fail have failed, all others are answered. Prints the heap at
 * intervals. Arguments: rows, kills, heap in MB, seed, file for the report; default 1000000 5 48 1
 * benchmarks/batch/results/batch.md.
 */
public final class BatchBenchmark {
  private static final int POLL_MILLIS = 10;

  private final int rows;
  private final int heapMb;
  private final Path folder;
  private final List<String> report = new ArrayList<>();

  private BatchBenchmark(int rows, int heapMb, Path folder) {
    this.rows = rows;
    this.heapMb = heapMb;
    this.folder = folder;
  }

  /** Runs it; ends with exit code 1 if a row is not as it must be. */
  public static void main(String[] args) throws Exception {
    int rows = argument(args, 0, 1_000_000);
    int kills = argument(args, 1, 5);
    int heapMb = argument(args, 2, 48);
    int seed = argument(args, 3, 1);
    Path results = Path.of(args.length > 4 ? args[4] : "benchmarks/batch/results/batch.md");
    Path folder = Files.createTempDirectory("hone-batch");
    BatchBenchmark benchmark = new BatchBenchmark(rows, heapMb, folder);
    boolean good = benchmark.run(kills, seed);
    String text = String.join("\n", benchmark.report) + "\n";
    System.out.println(text);
    Files.createDirectories(results.toAbsolutePath().getParent());
    Files.writeString(results, text);
    Files.deleteIfExists(benchmark.in());
    Files.deleteIfExists(benchmark.out());
    Files.deleteIfExists(folder);
    System.exit(good ? 0 : 1);
  }

  private static int argument(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }

  private Path in() {
    return folder.resolve("in.jsonl");
  }

  private Path out() {
    return folder.resolve("out.jsonl");
  }

  private boolean run(int kills, int seed) throws Exception {
    line("# A batch of %,d rows, killed %d times", rows, kills);
    line("");
    line(
        "`dev.hone.benchmarks.batch.BatchBenchmark`, JDK %s, %d processors, -Xmx%dm, seed %d. A scripted"
            + " model in process; of each 100 rows one gets replies that cannot be read.",
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        heapMb,
        seed);
    writeInput();
    line("");
    line(
        "| process | ended | rows in the file | of them kept | rows/s | heap after collection, MB |");
    line("|---|---|---|---|---|---|");
    SplittableRandom random = new SplittableRandom(seed);
    double[] shares = DoubleStream.generate(random::nextDouble).limit(kills).sorted().toArray();
    for (int i = 0; i < kills; i++) {
      process(i + 1, shares[i]);
    }
    process(kills + 1, Double.POSITIVE_INFINITY);
    boolean good = check();
    line("");
    line(
        "Command: `java -cp benchmarks/target/benchmarks.jar %s %d %d %d %d`.",
        BatchBenchmark.class.getName(), rows, kills, heapMb, seed);
    return good;
  }

  private void writeInput() throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(in())) {
      for (int i = 0; i < rows; i++) {
        writer.write(ScriptedBatch.inputLine(i));
        writer.write('\n');
      }
    }
  }

  /** One process until its end, or until the output has that share of the input's size. */
  private void process(int number, double share) throws Exception {
    long before = wholeLines();
    long start = System.nanoTime();
    Path log = folder.resolve("log");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedBatch.class.getName(),
                in().toString(),
                out().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    double limit = share * ScriptedBatch.outputBytes(rows);
    while (child.isAlive() && !(Files.exists(out()) && Files.size(out()) >= limit)) {
      Thread.sleep(POLL_MILLIS);
    }
    boolean killed = child.isAlive();
    if (killed) {
      child.destroyForcibly();
    }
    int code = child.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    long after = wholeLines();
    List<String> lines = Files.readAllLines(log);
    Files.delete(log);
    lines.forEach(text -> System.out.println(number + ": " + text));
    String heap =
        String.join(
            " ",
            ScriptedBatch.thinned(
                lines.stream()
                    .filter(text -> text.startsWith(ScriptedBatch.HEAP))
                    .map(text -> text.substring(ScriptedBatch.HEAP.length()))
                    .toList()));
    line(
        "| %d | %s after %.1f s | %,d | %,d | %,.0f | %s |",
        number,
        killed ? "killed" : code == 0 ? "by itself" : "WITH EXIT CODE " + code,
        seconds,
        after,
        before,
        (after - before) / seconds,
        heap);
  }

  private long wholeLines() throws IOException {
    if (!Files.exists(out())) {
      return 0;
    }
    byte[] buffer = new byte[1 << 16];
    long lines = 0;
    try (var stream = Files.newInputStream(out())) {
      for (int n = stream.read(buffer); n > 0; n = stream.read(buffer)) {
        for (int i = 0; i < n; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  private boolean check() throws IOException {
    long wrong = 0;
    long answered = 0;
    long failed = 0;
    int row = 0;
    try (var lines = Files.lines(out())) {
      for (var each = lines.iterator(); each.hasNext(); row++) {
        String text = each.next();
        boolean mustFail = ScriptedBatch.fails(row);
        wrong += ScriptedBatch.isRight(text, row) ? 0 : 1;
        answered += mustFail ? 0 : 1;
        failed += mustFail ? 1 : 0;
      }
    }
    boolean good = wrong == 0 && row == rows;
    line("");
    line(
        "%s: %,d rows in the output of %,d in the input, %,d not as they must be; of those as they must"
            + " be %,d are answered and %,d failed.",
        good ? "Every row once, in order" : "**NOT every row once**",
        row,
        rows,
        wrong,
        answered,
        failed);
    return good;
  }

  private void line(String format, Object... values) {
    report.add(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }
}
